package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.kube.PodState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Pods of a {@link World} that run, with the Patroni in them. */
final class LivePods {
  private final World world;
  private final Map<String, Pod> pods = new HashMap<>();
  private int made;

  LivePods(World world) {
    this.world = world;
  }

  /** The first two pods of a cluster whose objects were made, of revision r1, and it runs. */
  void pairRuns(String primary, String replica) {
    world.templateBecomes("r1");
    leads(primary, "r1");
    streams(replica, "r1");
    world.podEvent();
    assertThat(world.kube.phases().getLast()).isEqualTo("Running");
    world.kube.reads().clear();
    world.kube.writes().clear();
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

  /** Patroni's next loop, which sets the label, has not come yet. */
  void withoutRole(String name) {
    change(name, pod -> pod.editMetadata().removeFromLabels("spilo-role").endMetadata());
  }

  /** It is the same pod, only that it was on this node all the time. */
  void moveTo(String name, String node) {
    change(name, pod -> pod.editSpec().withNodeName(node).endSpec());
  }

  /** What Patroni writes of its member on the pod. */
  void says(String name, String member) {
    change(name, pod -> pod.editMetadata().addToAnnotations("status", member).endMetadata());
  }

  /** The label of a critical operation, as the watch tells of it. */
  void critical(boolean critical) {
    for (String name : List.copyOf(pods.keySet())) {
      change(
          name,
          pod ->
              critical
                  ? pod.editMetadata().addToLabels(PodState.CRITICAL, "true").endMetadata()
                  : pod.editMetadata().removeFromLabels(PodState.CRITICAL).endMetadata());
    }
  }

  void ofVersion(int major) {
    world.patroni.majorVersion(major);
  }

  /** What the script that looks after an upgrade writes. */
  void podsSay(String output) {
    world.kube.pods.answer(command -> command.contains("echo none") ? output : "");
  }

  private void change(String name, UnaryOperator<PodBuilder> change) {
    Pod known = pods.get(name);
    if (known != null) {
      appears(change.apply(new PodBuilder(known)).build());
    }
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

  /** Of this machine, where nobody listens but for a test. */
  static String host(String name) {
    return "127.0.78." + name.substring(name.length() - 1);
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
