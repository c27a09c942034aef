package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster with two pods, and what its users are told about their template. */
class PodsUpToDateTest {

  private final World world = new World();
  private Pod first = new Pod();
  private Pod second = new Pod();

  @BeforeEach
  void aClusterWithTwoPods() {
    world.sync(Manifests.with(1, ""));
    world.templateBecomes("r1");
    first = world.podIsMade("orders-0", "p0", "r1");
    second = world.podIsMade("orders-1", "p1", "r1");
    world.timePasses(Duration.ofSeconds(5));
    world.podEvent();
    world.kube.writes().clear();
    world.kube.reads().clear();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Condition condition() {
    return world.kube.condition("PodsUpToDate");
  }

  private void replacePods(String revision) {
    world.podDisappears(first);
    world.podDisappears(second);
    first = world.podIsMade("orders-0", "q0", revision);
    second = world.podIsMade("orders-1", "q1", revision);
  }

  @Test
  void podsOfTheNewestRevisionAreUpToDateWithoutBeingRead() {
    assertThat(condition().getStatus()).isEqualTo("True");
    world.retry();
    assertThat(world.kube.reads()).doesNotContain("list Pod", "get StatefulSet orders");
  }

  @Test
  void podsOfANewClusterAreUpToDateBeforeKubernetesTellsTheirRevision() {
    try (World young = new World()) {
      young.sync(Manifests.with(1, ""));
      young.kube.reads().clear();
      young.podIsMade("orders-0", "p0", "r1");
      young.podEvent();
      assertThat(young.kube.condition("PodsUpToDate").getStatus()).isEqualTo("True");
      assertThat(young.kube.reads()).doesNotContain("list Pod", "get StatefulSet orders");
    }
  }

  @Test
  void unlessTheTemplateHasChangedSince() {
    try (World young = new World()) {
      young.sync(Manifests.with(1, ""));
      young.podIsMade("orders-0", "p0", "r1");
      young.podEvent();
      young.kube.reads().clear();
      young.configure(Map.of("docker_image", "spilo:next"));
      assertThat(young.kube.reads()).contains("list Pod");
      assertThat(young.kube.condition("PodsUpToDate").getStatus()).isEqualTo("False");
    }
  }

  @Test
  void aChangedConfigurationIsToldBeforeTheStatefulSetIsWritten() {
    world.configure(Map.of("docker_image", "spilo:next"));

    assertThat(world.kube.writes()).startsWith("status", "apply StatefulSet orders");
    assertThat(condition().getStatus()).isEqualTo("False");
    assertThat(condition().getReason()).isEqualTo("ReplacementNeeded");
    assertThat(condition().getMessage())
        .isEqualTo(
            "orders-0, orders-1: spec.template.spec.containers[postgres].image:"
                + " ghcr.io/zalando/spilo-18:4.1-p2 -> spilo:next (the pod has to be replaced)");
  }

  @Test
  void whatWasFoundOnceIsNotReadAgain() {
    world.configure(Map.of("docker_image", "spilo:next"));
    world.templateBecomes("r2");
    world.kube.reads().clear();
    world.kube.writes().clear();
    world.retry();
    assertThat(world.kube.reads()).doesNotContain("list Pod", "get StatefulSet orders");
    assertThat(condition().getMessage()).contains("spilo:next");
  }

  @Test
  void replacedPodsAreUpToDateAgain() {
    world.configure(Map.of("docker_image", "spilo:next"));
    world.templateBecomes("r2");
    replacePods("r2");
    world.podEvent();
    assertThat(condition().getStatus()).isEqualTo("True");
  }

  @Test
  void onePodOfTwoIsNamedAlone() {
    world.configure(Map.of("docker_image", "spilo:next"));
    world.templateBecomes("r2");
    world.podDisappears(first);
    world.podIsMade("orders-0", "q0", "r2");
    world.podEvent();
    assertThat(condition().getMessage()).startsWith("orders-1: ");
  }

  @Test
  void aNewImageThatWaitsForTheNextStartReplacesNothing() {
    world.configure(Map.of("docker_image", "spilo:next", "enable_lazy_spilo_upgrade", "true"));
    assertThat(condition().getReason()).isEqualTo("TakenAtNextStart");
    assertThat(condition().getMessage()).contains("spilo:next", "at the next start of the pod");
  }

  @Test
  void aValueThatMayBeASecretIsNotShown() {
    world.sync(Manifests.with(2, "  env: [{name: DSN, value: 'postgres://u:hush@h'}]\n"));
    assertThat(condition().getMessage()).contains("env[DSN]").doesNotContain("hush");
    assertThat(condition().getStatus()).isEqualTo("False");
  }

  @Test
  void whatPatroniIsToldDoesNotMakeAPodOld() {
    world.sync(Manifests.with(2, "  patroni: {ttl: 45}\n"));
    assertThat(condition().getStatus()).isEqualTo("True");
  }

  @Test
  void moreInstancesDoNotMakeThePodsThatAreThereOld() {
    world.configure(Map.of("min_instances", "3"));
    assertThat(world.kube.writes()).contains("apply StatefulSet orders");
    assertThat(condition().getStatus()).isEqualTo("True");
  }

  private void aSidecarIsTakenOut() {
    world.sync(Manifests.with(2, "  sidecars: [{name: meter, image: 'meter:1'}]\n"));
    world.templateBecomes("r2");
    replacePods("r2");
    world.podEvent();
    assertThat(condition().getStatus()).isEqualTo("True");
    world.sync(Manifests.with(3, ""));
    assertThat(condition().getMessage()).contains("containers[meter]: remove");
    world.templateBecomes("r3");
  }

  private void theOperatorStartsAgain() {
    world.forget();
    world.podAppears(first);
    world.podAppears(second);
    world.sync(Manifests.with(3, ""));
    world.templateBecomes("r3");
    world.retry();
  }

  @Test
  void aSidecarThatIsNoLongerWantedIsNamedAlsoByAnOperatorThatHasJustStarted() {
    aSidecarIsTakenOut();

    theOperatorStartsAgain();

    assertThat(condition().getStatus()).isEqualTo("False");
    assertThat(condition().getMessage()).contains("containers[meter]: remove");
  }

  @Test
  void aPodWhoseTemplateNobodyKnowsAnyMoreCountsAsOld() {
    aSidecarIsTakenOut();
    world.templateIsForgotten("r2");

    theOperatorStartsAgain();

    assertThat(condition().getStatus()).isEqualTo("False");
    assertThat(condition().getMessage()).contains("orders-0, orders-1", "not known any more");
  }

  @Test
  void annotationsReachRunningPodsAndLeaveThemUpToDate() {
    world.sync(Manifests.with(2, "  podAnnotations: {note: x1, example.org/more: ''}\n"));
    assertThat(condition().getStatus()).as("at the end of the same sync").isEqualTo("True");
    world.templateBecomes("r2");
    world.podEvent();

    assertThat(annotations("orders-0"))
        .containsEntry("note", "x1")
        .containsEntry("example.org/more", "");
    assertThat(condition().getStatus()).isEqualTo("True");

    world.sync(Manifests.with(3, ""));
    world.templateBecomes("r3");
    world.podEvent();

    assertThat(annotations("orders-1")).doesNotContainKeys("note", "example.org/more");
    assertThat(condition().getStatus()).isEqualTo("True");
    world.kube.writes().clear();
    world.retry();
    assertThat(world.kube.writes()).isEmpty();
  }

  private Map<String, String> annotations(String pod) {
    return world.kube.named(Pod.class, pod).getMetadata().getAnnotations();
  }
}
