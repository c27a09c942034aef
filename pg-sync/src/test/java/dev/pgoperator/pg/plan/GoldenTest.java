package dev.pgoperator.pg.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One folder per decision of the planner: what the server has, what is wanted, and the plan as it
 * prints. {@code -Dgolden.update=true} writes the plans anew.
 */
class GoldenTest {
  private static final Path CASES = Path.of("src", "test", "resources", "golden");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void plansWhatTheFileSays(String name) throws IOException {
    World have = Worlds.of(Yaml.resource("/golden/" + name + "/have.yaml"));
    Desired want = Wishes.of(Yaml.resource("/golden/" + name + "/want.yaml"));

    String plan = have.plan(want).sql();

    Path file = CASES.resolve(name).resolve("plan.sql");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, plan);
    }
    assertThat(plan).isEqualTo(Files.readString(file));
  }
}
