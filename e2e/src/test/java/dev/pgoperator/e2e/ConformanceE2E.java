package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the reference operator was recorded to make of a manifest and a configuration, ours makes on
 * a real Kubernetes; afterwards it leaves everything alone. The namespace is the one that secrets
 * for other namespaces go to.
 */
@EndToEnd("golden-vault")
@Order(10)
class ConformanceE2E {

  private static final Set<String> WATCHED_FOR_MORE =
      Set.of(
          "v1/Service",
          "v1/Secret",
          "v1/ConfigMap",
          "v1/PersistentVolumeClaim",
          "apps/v1/StatefulSet",
          "policy/v1/PodDisruptionBudget");

  private final Scene scene;

  ConformanceE2E(Scene scene) {
    this.scene = scene;
  }

  @ParameterizedTest
  @ValueSource(strings = {"golden-a", "golden-b", "golden-f"})
  void makesWhatWasRecordedAndThenWritesNothing(String namespace) {
    try (var golden = new GoldenNamespace(scene.run(), namespace)) {
      golden.applyAll();
      golden.cases().forEach(one -> awaitObjects(golden, one));
      assertThat(golden.cases().stream().flatMap(one -> differences(golden, one).stream()))
          .isEmpty();
      writesNothingAgain(golden);
    }
  }

  /** Patroni makes some of them, and not before its members are up. */
  private void awaitObjects(GoldenNamespace golden, RecordedCase one) {
    golden
        .scene()
        .waiting()
        .until(
            "the objects of " + one.id() + " are there",
            Duration.ofMinutes(1),
            () -> compared(one).stream().allMatch(object -> live(object) != null));
  }

  /**
   * The image of the bed cannot restore from an archive, so Patroni does not get to its objects.
   */
  private static List<RecordedObject> compared(RecordedCase one) {
    return one.objects().stream()
        .filter(object -> one.status().equals("Running") || !object.content().has("x-made-by"))
        .filter(object -> !object.kind().equals("postgresql"))
        .toList();
  }

  private void writesNothingAgain(GoldenNamespace golden) {
    String namespace = golden.scene().namespace();
    golden.resyncEvery("3s");
    Map<String, String> pods = incarnations(golden);
    var audit = Run.auditLog().map(AuditLog::new);

    golden.operator().restart();

    golden
        .scene()
        .waiting()
        .comesTrue(
            Duration.ofSeconds(12),
            () -> audit.stream().anyMatch(log -> !log.writesOf(namespace).isEmpty()));
    assertThat(audit.stream().flatMap(log -> log.writesOf(namespace).stream()))
        .as("what a restarted operator and its next syncs write")
        .isEmpty();
    assertThat(incarnations(golden)).as("the pods").isEqualTo(pods);
  }

  private static Map<String, String> incarnations(GoldenNamespace golden) {
    Map<String, String> all = new TreeMap<>();
    golden.cases().stream()
        .filter(one -> one.status().equals("Running"))
        .forEach(one -> all.putAll(golden.scene().cluster(one.cluster()).incarnations()));
    return all;
  }

  /** One line for each difference between a case and the cluster. */
  private List<String> differences(GoldenNamespace golden, RecordedCase one) {
    JsonNode manifest = Manifests.tree(golden.scene().cluster(one.cluster()).resource().get());
    String uid = manifest.at("/metadata/uid").asText();
    List<String> lines = new ArrayList<>();
    if (!NormalForm.of("spec", one.ownRecord().content().path("x-spec-as-stored"))
        .equals(NormalForm.of("spec", manifest.path("spec")))) {
      lines.add("the spec was stored otherwise: " + manifest.path("spec"));
    }
    for (RecordedObject object : compared(one)) {
      lines.addAll(object.differences(Manifests.tree(live(object)), uid));
    }
    lines.addAll(more(golden, one));
    return lines.stream().map(line -> one.id() + " " + line).toList();
  }

  private GenericKubernetesResource live(RecordedObject object) {
    return scene
        .client()
        .genericKubernetesResources(object.apiVersion(), object.kind())
        .inNamespace(object.namespace())
        .withName(object.name())
        .get();
  }

  /** Objects with the cluster's label that were not recorded. */
  private List<String> more(GoldenNamespace golden, RecordedCase one) {
    Set<String> recorded =
        one.objects().stream().map(RecordedObject::key).collect(Collectors.toSet());
    return WATCHED_FOR_MORE.stream()
        .flatMap(
            kind ->
                scene
                    .client()
                    .genericKubernetesResources(
                        kind.substring(0, kind.lastIndexOf('/')),
                        kind.substring(kind.lastIndexOf('/') + 1))
                    .inNamespace(golden.scene().namespace())
                    .withLabel("cluster-name", one.cluster())
                    .list()
                    .getItems()
                    .stream())
        .map(live -> RecordedObject.key(live.getKind(), live.getMetadata().getName()))
        .filter(key -> !recorded.contains(key))
        .map(key -> key + " was not recorded")
        .toList();
  }
}
