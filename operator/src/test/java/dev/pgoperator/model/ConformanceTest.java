package dev.pgoperator.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our objects are those of the reference operator, recorded on a real Kubernetes. */
class ConformanceTest {

  static List<Path> cases() {
    return Fixture.cases(Fixture.CONFORMANCE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesTheObjectsOfTheReference(Path dir) {
    Blueprint b = Fixture.blueprint(dir);
    Map<String, HasMetadata> ours = DesiredObjects.of(b, new SecretText("<random>"));
    Map<String, JsonNode> recorded =
        Recorded.objects(Fixture.documents(dir.resolve("objects.yaml")), b);
    // The replica Endpoints come from Kubernetes, into which ours are merged.
    ours.keySet().removeIf(key -> key.startsWith("Endpoints/") && key.endsWith("-repl"));
    assertThat(ours.keySet()).isEqualTo(recorded.keySet());
    List<String> differences = new ArrayList<>();
    recorded.forEach(
        (key, document) ->
            differences.addAll(Recorded.differences(requireNonNull(ours.get(key)), document)));
    differences.removeIf(line -> dir.endsWith("v07-standby-host") && isOfAdoptedSecret(line));
    assertThat(differences).isEmpty();
  }

  /**
   * The notes of this case: these secrets were there before, and adopting a secret leaves its
   * labels alone.
   */
  private static boolean isOfAdoptedSecret(String line) {
    return line.startsWith("Secret metadata.labels");
  }
}
