package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.api.Problem;
import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.ConfigReading;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.OperatorConfigs;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Manifests and configurations as nobody would write them, a hundred thousand of them. While
 * working on them, {@code -Dproperty.manifests=10000} is faster.
 */
class GeneratedManifestsTest {

  private static final int MANIFESTS = Integer.getInteger("property.manifests", 100_000);
  private static final int CONFIGURATIONS = Integer.getInteger("property.configurations", 2_000);
  private static final PodEnvironment ENVIRONMENT =
      new PodEnvironment(Map.of("A", "b"), List.of("S"));

  private static List<ObjectNode> originals(String file) {
    return Stream.of(Fixture.CONFORMANCE, Fixture.GOLDEN)
        .flatMap(root -> Fixture.cases(root).stream())
        .map((Path dir) -> (ObjectNode) Fixture.documents(dir.resolve(file)).getFirst())
        .toList();
  }

  @Test
  void everyManifestIsEitherUsableOrRejectedByPath() {
    List<ObjectNode> originals = originals("manifest.yaml");
    List<OperatorConfig> configs = configs(originals("config.yaml"));
    int usable = 0;
    for (int seed = 0; seed < MANIFESTS; seed++) {
      Mutations mutations = new Mutations(seed);
      ObjectNode manifest = mutations.mutated(mutations.oneOf(originals), "spec");
      OperatorConfig config = mutations.oneOf(configs);
      usable += isUsable(seed, manifest, config) ? 1 : 0;
    }
    // A generator whose every product is broken, or none, would prove little.
    assertThat(usable).isBetween(MANIFESTS / 10, MANIFESTS * 9 / 10);
  }

  private static boolean isUsable(int seed, ObjectNode manifest, OperatorConfig config) {
    List<Boolean> usable = new ArrayList<>();
    assertThatCode(() -> usable.add(answers(seed, manifest, config)))
        .as("seed %d: %s", seed, manifest)
        .doesNotThrowAnyException();
    return usable.getFirst();
  }

  private static boolean answers(int seed, ObjectNode manifest, OperatorConfig config) {
    GenericKubernetesResource resource = Fixture.resource(manifest);
    Manifest decoded = Manifest.decode(resource);
    // The same form is written back when a finalizer is put on or taken off.
    assertThat(Json.MAPPER.<ObjectNode>valueToTree(resource).get("spec"))
        .as("seed %d: what is written back", seed)
        .isEqualTo(manifest.get("spec"));
    return switch (decoded) {
      case Manifest.Valid valid -> {
        Blueprint b = new Blueprint(valid.cluster(), config, ENVIRONMENT);
        Map<String, HasMetadata> objects = DesiredObjects.of(b, new SecretText("x"));
        if (seed % 20 == 0) {
          assertThat(fingerprints(b)).isEqualTo(fingerprints(b));
        }
        yield !objects.isEmpty();
      }
      case Manifest.Malformed malformed -> {
        assertThat(malformed.problems())
            .isNotEmpty()
            .allSatisfy(GeneratedManifestsTest::namesItsPlace);
        yield false;
      }
    };
  }

  private static void namesItsPlace(Problem problem) {
    assertThat(problem.field()).startsWith("spec");
    assertThat(problem.expected()).isNotBlank();
    assertThat(problem.found()).isNotEmpty().hasSizeLessThanOrEqualTo(80);
  }

  private static Map<String, String> fingerprints(Blueprint b) {
    Map<String, String> hashes = new TreeMap<>();
    DesiredObjects.of(b, new SecretText("x"))
        .forEach((key, object) -> hashes.put(key, Projection.hash(object)));
    return hashes;
  }

  private static List<OperatorConfig> configs(List<ObjectNode> originals) {
    List<OperatorConfig> configs = new ArrayList<>();
    for (int seed = 0; seed < 100; seed++) {
      configs.add(reading(new Mutations(seed), originals).config());
    }
    return configs;
  }

  private static ConfigReading reading(Mutations mutations, List<ObjectNode> originals) {
    ObjectNode original = mutations.oneOf(originals);
    if (original.has("configuration")) {
      return OperatorConfigs.fromObject(
          Fixture.resource(mutations.mutated(original, "configuration")));
    }
    Map<String, String> data = new TreeMap<>();
    original.path("data").properties().forEach(e -> data.put(e.getKey(), e.getValue().asText()));
    for (int i = 0; i < 5; i++) {
      data.put(mutations.oneOf(List.copyOf(data.keySet())), mutations.text());
    }
    return OperatorConfigs.fromConfigMap(data);
  }

  @Test
  void everyConfigurationIsReadWithItsProblemsNamed() {
    List<ObjectNode> originals = originals("config.yaml");
    Blueprint plain = Blueprints.of("  sidecars: [{name: s, image: i}]\n");
    for (int seed = 0; seed < CONFIGURATIONS; seed++) {
      Mutations mutations = new Mutations(seed);
      assertThatCode(
              () -> {
                ConfigReading reading = reading(mutations, originals);
                assertThat(reading.problems()).allSatisfy(p -> assertThat(p.field()).isNotBlank());
                fingerprints(new Blueprint(plain.cluster(), reading.config(), ENVIRONMENT));
              })
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
  }
}
