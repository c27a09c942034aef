package dev.pgoperator.cluster;

import dev.pgoperator.kube.PodState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.HashMap;
import java.util.Map;

/** Pods of a {@link World} that run, with the Patroni in them. */
final class LivePods {
  private final World world;
  private final Map<String, Pod> pods = new HashMap<>();
  private int made;

  LivePods(World world) {
    this.world = world;
  }

  void leads(String name, String revision) {
    world.patroni.leads(host(name), name);
    appears(running(name, revision, "master").build());
  }

  void streams(String name, String revision) {
    world.patroni.streams(host(name), name);
    appears(running(name, revision, "replica").build());
  }

  void starts(String name, String revision) {
    world.patroni.starts(host(name), name);
    appears(running(name, revision, "replica").build());
  }

  void condemned(String name, String revision) {
    appears(
        running(name, revision, "replica")
            .editMetadata()
            .addToAnnotations(PodState.REPLACE, "true")
            .endMetadata()
            .build());
  }

  void broken(String name, String revision, String reason) {
    world.patroni.gone(host(name));
    appears(
        running(name, revision, "")
            .editStatus()
            .withPhase("Pending")
            .addNewContainerStatus()
            .withNewState()
            .withNewWaiting()
            .withReason(reason)
            .endWaiting()
            .endState()
            .endContainerStatus()
            .endStatus()
            .build());
  }

  void goes(String name) {
    Pod gone = pods.remove(name);
    if (gone != null) {
      world.podDisappears(gone);
    }
    world.patroni.gone(host(name));
  }

  void operatorStartsAnew(String revision) {
    world.forgetAllButTheStatefulSet();
    world.templateBecomes(revision);
    pods.values().forEach(world::podAppears);
  }

  private void appears(Pod pod) {
    pods.put(pod.getMetadata().getName(), pod);
    world.kube.seed(pod);
    world.podAppears(pod);
  }

  private static String host(String name) {
    return "10.0.0." + name.substring(name.length() - 1);
  }

  private PodBuilder running(String name, String revision, String role) {
    Pod known = pods.get(name);
    Pod base =
        known != null && revision.equals(known.getMetadata().getLabels().get(PodState.REVISION))
            ? known
            : world.podIsMade(name, "uid" + made++, revision);
    return new PodBuilder(base)
        .editMetadata()
        .withCreationTimestamp(world.now().toString())
        .addToLabels("spilo-role", role)
        .endMetadata()
        .withNewStatus()
        .withPhase("Running")
        .withPodIP(host(name))
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus();
  }
}
