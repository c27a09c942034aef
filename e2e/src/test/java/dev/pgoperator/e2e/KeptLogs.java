package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
import java.util.concurrent.atomic.AtomicInteger;

/** Logs of pods that a test is about to end: Kubernetes forgets them with the pod. */
final class KeptLogs implements AutoCloseable {
  private final KubernetesClient client;
  private final Path folder;
  private final List<Kept> kept = new CopyOnWriteArrayList<>();
  private final AtomicInteger last = new AtomicInteger();

  record Kept(LogWatch watch, OutputStream file) {}

  KeptLogs(KubernetesClient client, Path folder) {
    this.client = client;
    this.folder = folder;
  }

  /** Writes the log of the pod to a file, from its beginning and until it ends. */
  Kept follow(Pod pod) {
    try {
      OutputStream file = Files.newOutputStream(file(pod));
      Kept entry = new Kept(client.pods().resource(pod).watchLog(file), file);
      kept.add(entry);
      return entry;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Writes to a file what the log says by now; for a pod that goes with its namespace. */
  void keep(Pod pod) {
    try {
      Files.writeString(file(pod), client.pods().resource(pod).getLog());
    } catch (KubernetesClientException none) {
      System.out.println("no log of " + pod.getMetadata().getName() + ": " + none.getMessage());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Pods of several classes may end at the same time, and one may be followed twice. */
  private Path file(Pod pod) throws IOException {
    Files.createDirectories(folder);
    return folder.resolve(
        "%s-%s-%d.log"
            .formatted(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                last.incrementAndGet()));
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
