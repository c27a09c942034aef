package dev.pgoperator.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One directory per decision of the model. {@code -Dgolden.update=true} rewrites what is wanted;
 * review the change.
 */
class GoldenTest {

  static List<Path> cases() {
    return Fixture.cases(Fixture.GOLDEN);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesTheWantedObjects(Path dir) throws IOException {
    Map<String, HasMetadata> ours = new TreeMap<>();
    DesiredObjects.of(Fixture.blueprint(dir), new SecretText("x"))
        .values()
        .forEach(o -> ours.put(o.getKind() + "-" + o.getMetadata().getName() + ".yaml", o));
    Path want = dir.resolve("want");
    if (Boolean.getBoolean("golden.update")) {
      rewrite(want, ours);
    }
    Map<String, JsonNode> wanted = new TreeMap<>();
    try (var files = Files.list(want)) {
      files.forEach(f -> wanted.put(f.getFileName().toString(), Fixture.documents(f).getFirst()));
    }
    assertThat(ours.keySet()).isEqualTo(wanted.keySet());
    List<String> differences = new ArrayList<>();
    wanted.forEach(
        (file, document) ->
            differences.addAll(Recorded.differencesFrom(requireNonNull(ours.get(file)), document)));
    assertThat(differences).isEmpty();
  }

  private static void rewrite(Path want, Map<String, HasMetadata> ours) throws IOException {
    Files.createDirectories(want);
    try (var old = Files.list(want)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    for (var entry : ours.entrySet()) {
      Files.writeString(
          want.resolve(entry.getKey()), Fixture.YAML.writeValueAsString(entry.getValue()));
    }
  }
}
