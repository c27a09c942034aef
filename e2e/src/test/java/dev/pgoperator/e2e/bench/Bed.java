package dev.pgoperator.e2e.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;

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

  @Override
  public void close() {
    admin.close();
    audited.close();
  }
}
