package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import org.junit.jupiter.api.Test;

class PodDriftTest {

  private static PodTemplateSpec template(String moreSpec) {
    return PodTemplates.desired(Blueprints.of(moreSpec));
  }

  /** A pod of a plain cluster with what Kubernetes and Patroni add to it. */
  private static Pod plainPod() {
    PodTemplateSpec template = template("");
    return new PodBuilder()
        .withMetadata(template.getMetadata())
        .withSpec(template.getSpec())
        .editMetadata()
        .withName("demo-0")
        .addToLabels("spilo-role", "master")
        .addToLabels("controller-revision-hash", "demo-1")
        .addToAnnotations("status", "{}")
        .endMetadata()
        .editSpec()
        .withNodeName("node-1")
        .addNewVolume()
        .withName("kube-api-access-x")
        .endVolume()
        .addNewToleration()
        .withKey("node.kubernetes.io/not-ready")
        .endToleration()
        .editFirstContainer()
        .addNewVolumeMount()
        .withName("kube-api-access-x")
        .withMountPath("/var/run/secrets")
        .endVolumeMount()
        .endContainer()
        .endSpec()
        .build();
  }

  @Test
  void findsNothingAtAPodOfThisTemplate() {
    assertThat(PodDrift.compare(template(""), plainPod(), DriftRules.STRICT)).isEmpty();
  }

  @Test
  void findsAPodOfAnOlderImage() {
    assertThat(
            PodDrift.compare(template("  dockerImage: spilo:new\n"), plainPod(), DriftRules.STRICT))
        .containsExactly(
            new Difference(
                "spec.template.spec.containers[postgres].image",
                "ghcr.io/zalando/spilo-18:4.1-p2",
                "spilo:new",
                Effect.POD_RECREATION));
  }

  @Test
  void doesNotRestartForAnAnnotation() {
    assertThat(
            PodDrift.compare(
                template("  podAnnotations: {note: x1}\n"), plainPod(), DriftRules.STRICT))
        .extracting(Difference::effect)
        .containsExactly(Effect.IN_PLACE);
  }

  @Test
  void doesNotRestartForWhatPatroniIsTold() {
    assertThat(PodDrift.compare(template("  patroni: {ttl: 45}\n"), plainPod(), DriftRules.STRICT))
        .extracting(Difference::effect)
        .containsExactly(Effect.PATRONI_CONFIG);
  }
}
