package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The processes of a pod's containers, where they run on this machine. */
record PodProcesses(List<ProcessHandle> all) {

  /**
   * Skips the test where none can be reached, which is on every Kubernetes but the bed.
   *
   * @param pod with the containers that run now
   */
  static PodProcesses of(Pod pod) {
    List<String> containers =
        pod.getStatus().getContainerStatuses().stream()
            .map(ContainerStatus::getContainerID)
            .map(id -> id.replaceFirst(".*://", ""))
            .toList();
    List<ProcessHandle> found =
        ProcessHandle.allProcesses()
            .filter(one -> containers.stream().anyMatch(cgroup(one.pid())::contains))
            .toList();
    if (found.isEmpty()) {
      Assumptions.abort("the processes of " + pod.getMetadata().getName() + " are not here");
    }
    return new PodProcesses(found);
  }

  /** SIGKILL to the first one, with which the container ends. */
  void kill() {
    all.getFirst().destroyForcibly();
  }

  /** They take up what the kernel has accepted for them when they are thawed. */
  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    List<ProcessHandle> living = all.stream().filter(ProcessHandle::isAlive).toList();
    if (living.isEmpty()) {
      return; // its pod has ended meanwhile
    }
    living.forEach(one -> command.add(Long.toString(one.pid())));
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new AssertionError(command + " ended with " + code);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  private static String cgroup(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup"));
    } catch (IOException ended) {
      return "";
    }
  }
}
