package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A manifest that cannot be acted on gets a clear answer, and harms nobody else. */
@EndToEnd("e2e-malformed")
@Order(130)
class MalformedManifestsE2E {
  private static final Path FIXTURES = Path.of("fixtures", "malformed");

  /** The API server's status code for an object that breaks the schema. */
  private static final int INVALID = 422;

  private final Scene scene;

  MalformedManifestsE2E(Scene scene) {
    this.scene = scene;
  }

  /**
   * One malformed manifest.
   *
   * @param byServer whether the API server already refuses it, by its schema
   * @param field what the answer must name
   */
  private record Fixture(Path file, boolean byServer, String field) {

    static Fixture of(Path file) {
      try {
        List<String> lines = Files.readAllLines(file);
        return new Fixture(
            file, header(lines, "rejected-by").equals("api-server"), header(lines, "field"));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    private static String header(List<String> lines, String key) {
      String start = "# " + key + ": ";
      return lines.stream()
          .filter(line -> line.startsWith(start))
          .findFirst()
          .orElseThrow()
          .substring(start.length())
          .strip();
    }

    @Override
    public String toString() {
      return file.getFileName().toString();
    }
  }

  @Test
  @Order(1)
  void rejectsEachByNameWhileGoodOnesReachRunning() {
    List<Fixture> fixtures = fixtures();
    assertThat(fixtures).hasSizeGreaterThanOrEqualTo(20);
    List<String> wrong = new ArrayList<>();

    PostgresCluster first = scene.create(Manifests.small("good-first", 1));
    fixtures.subList(0, fixtures.size() / 2).forEach(fixture -> apply(fixture, wrong));
    PostgresCluster second = scene.create(Manifests.small("good-second", 1));
    fixtures
        .subList(fixtures.size() / 2, fixtures.size())
        .forEach(fixture -> apply(fixture, wrong));

    fixtures.stream()
        .filter(fixture -> !fixture.byServer())
        .forEach(fixture -> checkAnswer(fixture, wrong));
    first.awaitRunning();
    second.awaitRunning();
    Figures.tell("malformed manifests rejected by name", Integer.toString(fixtures.size()));
    assertThat(wrong).isEmpty();
  }

  @Test
  @Order(2)
  void leavesARunningClusterAloneWhenItsManifestBecomesInvalid() {
    PostgresCluster cluster = scene.cluster("good-first");
    var pods = cluster.incarnations();

    cluster.edit("{\"spec\":{\"users\":{\"Reporter\":[]}}}");
    cluster.awaitPhase("Invalid", Duration.ofSeconds(10));
    assertThat(cluster.query(cluster.login("app", "app"), "SELECT 1")).containsExactly("1");

    cluster.edit("{\"spec\":{\"users\":{\"Reporter\":null,\"reporter\":[]}}}");
    cluster.awaitRunning();
    assertThat(cluster.query(cluster.login("reporter", "app"), "SELECT 1")).containsExactly("1");
    assertThat(cluster.incarnations()).isEqualTo(pods);
  }

  private static List<Fixture> fixtures() {
    try (Stream<Path> files = Files.list(FIXTURES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(Fixture::of)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void apply(Fixture fixture, List<String> wrong) {
    try {
      scene.create(Manifests.read(fixture.file()));
      if (fixture.byServer()) {
        wrong.add(fixture + " was accepted by the API server");
      }
    } catch (KubernetesClientException refused) {
      String reason = String.valueOf(refused.getMessage());
      if (!fixture.byServer()
          || refused.getCode() != INVALID
          || !reason.contains(fixture.field())) {
        wrong.add(fixture + " was refused with: " + reason);
      }
    }
  }

  private void checkAnswer(Fixture fixture, List<String> wrong) {
    PostgresCluster cluster = scene.cluster(Manifests.read(fixture.file()).getMetadata().getName());
    try {
      cluster.awaitPhase("Invalid", Duration.ofSeconds(10));
      cluster
          .waiting()
          .until(
              "an Event on " + cluster.name() + " names " + fixture.field(),
              Duration.ofSeconds(5),
              () -> eventNames(cluster, fixture.field()));
    } catch (AssertionError late) {
      wrong.add(fixture + ": " + late.getMessage());
    }
  }

  private boolean eventNames(PostgresCluster cluster, String field) {
    return scene
        .client()
        .v1()
        .events()
        .inNamespace(scene.namespace())
        .withField("involvedObject.name", cluster.name())
        .list()
        .getItems()
        .stream()
        .anyMatch(event -> event.getMessage().contains(field));
  }
}
