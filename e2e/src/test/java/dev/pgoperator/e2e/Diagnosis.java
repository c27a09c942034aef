package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The state of a namespace in words: what somebody would look up first when a test has failed. */
final class Diagnosis {
  private static final Path FOLDER = Path.of("target", "failures");

  private Diagnosis() {}

  /** Statuses, Events and pods; short enough for a message. */
  static String of(KubernetesClient client, String namespace) {
    return "manifests:\n"
        + lines(manifests(client, namespace))
        + "pods:\n"
        + lines(pods(client, namespace))
        + "claims:\n"
        + lines(claims(client, namespace))
        + "events:\n"
        + lines(events(client, namespace));
  }

  private static List<String> claims(KubernetesClient client, String namespace) {
    return client.persistentVolumeClaims().inNamespace(namespace).list().getItems().stream()
        .map(
            claim ->
                claim.getMetadata().getName()
                    + " "
                    + claim.getStatus().getPhase()
                    + " volume="
                    + claim.getSpec().getVolumeName())
        .toList();
  }

  /** The same, and what the operators say that may have to do with it. */
  static String withOperators(KubernetesClient client, String namespace) {
    return of(client, namespace)
        + ofOperator(client, "default")
        + (operators(client, namespace).isEmpty() ? "" : ofOperator(client, namespace));
  }

  static String ofOperator(KubernetesClient client, String namespace) {
    return "operator's pods in "
        + namespace
        + ":\n"
        + lines(operators(client, namespace).stream().map(Diagnosis::pod).toList())
        + "operator's log:\n"
        + logs(client, operators(client, namespace), 40);
  }

  /** Writes all that, with whole logs, to a file. */
  static Path write(KubernetesClient client, String namespace, String test, Throwable failure) {
    Path file = FOLDER.resolve(test.replaceAll("[^A-Za-z0-9_.]+", "-") + ".txt");
    String text =
        failure
            + "\n\n== namespace "
            + namespace
            + "\n"
            + of(client, namespace)
            + "\n== operator\n"
            + logs(client, operators(client, "default"), 4000)
            + logs(client, operators(client, namespace), 4000)
            + "\n== logs of the pods\n"
            + logs(client, client.pods().inNamespace(namespace).list().getItems(), 400);
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return file;
  }

  private static List<String> manifests(KubernetesClient client, String namespace) {
    return client
        .genericKubernetesResources(PostgresCluster.KIND)
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .map(Diagnosis::manifest)
        .toList();
  }

  private static String manifest(GenericKubernetesResource manifest) {
    return manifest.getMetadata().getName()
        + " generation "
        + manifest.getMetadata().getGeneration()
        + " finalizers "
        + manifest.getMetadata().getFinalizers()
        + (manifest.getMetadata().getDeletionTimestamp() == null ? "" : " (being deleted)")
        + ": "
        + Status.of(manifest);
  }

  private static List<String> pods(KubernetesClient client, String namespace) {
    return client.pods().inNamespace(namespace).list().getItems().stream()
        .map(Diagnosis::pod)
        .toList();
  }

  private static String pod(Pod pod) {
    var status = pod.getStatus();
    return pod.getMetadata().getName()
        + " "
        + status.getPhase()
        + " "
        + status.getPodIP()
        + " role="
        + PostgresCluster.role(pod)
        + (pod.getMetadata().getDeletionTimestamp() == null ? "" : " (being deleted)")
        + status.getContainerStatuses().stream()
            .map(
                c ->
                    " "
                        + c.getName()
                        + ": ready="
                        + c.getReady()
                        + " restarts="
                        + c.getRestartCount()
                        + (c.getState().getWaiting() == null
                            ? ""
                            : " " + c.getState().getWaiting().getReason()))
            .collect(Collectors.joining());
  }

  private static List<String> events(KubernetesClient client, String namespace) {
    List<Event> events = client.v1().events().inNamespace(namespace).list().getItems();
    return events.subList(Math.max(0, events.size() - 25), events.size()).stream()
        .map(
            e ->
                e.getLastTimestamp()
                    + " "
                    + e.getInvolvedObject().getName()
                    + " "
                    + e.getReason()
                    + ": "
                    + e.getMessage())
        .toList();
  }

  private static List<Pod> operators(KubernetesClient client, String namespace) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("name", "postgres-operator")
        .list()
        .getItems();
  }

  private static String logs(KubernetesClient client, List<Pod> pods, int lines) {
    return pods.stream()
        .map(pod -> "-- " + name(pod) + "\n" + log(client, pod, lines))
        .collect(Collectors.joining());
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  private static String log(KubernetesClient client, Pod pod, int lines) {
    var resource =
        client
            .pods()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName());
    try {
      return resource.tailingLines(lines).getLog() + "\n";
    } catch (KubernetesClientException none) {
      return "(no log: " + none.getMessage() + ")\n";
    }
  }

  private static String lines(List<String> lines) {
    return lines.isEmpty()
        ? "  none\n"
        : lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
  }
}
