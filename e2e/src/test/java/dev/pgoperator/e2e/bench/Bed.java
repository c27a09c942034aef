package dev.pgoperator.e2e.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Connections to the bed: as its administrator, and as somebody whom the audit log names. */
record Bed(KubernetesClient admin, KubernetesClient audited) implements AutoCloseable {

  static Bed connect() {
    return new Bed(client(System.getenv("KUBECONFIG")), client(System.getenv("BENCH_KUBECONFIG")));
  }

  private static KubernetesClient client(String kubeconfig) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(new File(kubeconfig)))
            .withRequestTimeout(60_000)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Ends one of its parts without a word. */
  static void crash(String part) {
    command("crash", part);
  }

  /** Starts the parts again that have ended. */
  static void complete() {
    command("up", "--fleet");
  }

  private static void command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Path.of("cluster").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code);
      }
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    admin.close();
    audited.close();
  }
}
