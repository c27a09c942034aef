package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Logs of pods that a test is about to end: Kubernetes forgets them with the pod. */
final class KeptLogs implements AutoCloseable {
  private final KubernetesClient client;
  private final Path folder;
  private final List<Kept> kept = new CopyOnWriteArrayList<>();

  record Kept(LogWatch watch, OutputStream file) {}

  KeptLogs(KubernetesClient client, Path folder) {
    this.client = client;
    this.folder = folder;
  }

  /** Writes the log of the pod to a file, from its beginning and until it ends. */
  Kept follow(Pod pod) {
    String name = pod.getMetadata().getName();
    try {
      Files.createDirectories(folder);
      OutputStream file = Files.newOutputStream(folder.resolve(name + "-" + kept.size() + ".log"));
      LogWatch watch =
          client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(name).watchLog(file);
      Kept entry = new Kept(watch, file);
      kept.add(entry);
      return entry;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Waits until the last line is there; a log that does not end is left to itself after some
   * seconds.
   */
  void awaitEnd(Kept entry) {
    try {
      entry.watch().onClose().toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException | InterruptedException notEnded) {
      System.out.println("a log of the operator may lack its last lines: " + notEnded);
    }
  }

  List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    for (Kept entry : kept) {
      entry.watch().close();
      try {
        entry.file().close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
