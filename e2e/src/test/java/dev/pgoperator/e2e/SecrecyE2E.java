package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * No password of the whole run is in anything that people read. Runs last; alone, it has at least a
 * cluster of its own to look at.
 */
@EndToEnd("e2e-secrecy")
@Isolated("it searches all that the others have left")
@Order(1000)
class SecrecyE2E {
  private final Scene scene;
  private final PostgresCluster cluster;

  SecrecyE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("orders");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.small(cluster.name(), 1));
    cluster.awaitRunning();
    cluster.edit("{\"spec\":{\"users\":{\"late\":[\"createdb\"]}}}");
    cluster.awaitRunning();
  }

  @Test
  void showsNoPasswordInEventsAndStatuses() {
    Map<String, String> texts = new LinkedHashMap<>();
    scene.run().evidence().shown().forEach(text -> texts.put(text, text));

    assertThat(texts).hasSizeGreaterThan(3);
    assertThat(leaks(texts)).isEmpty();
  }

  @Test
  void writesNoPasswordIntoTheOperatorsLog() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Path file : scene.run().logs().files()) {
      texts.put(file.getFileName().toString(), Files.readString(file));
    }
    for (Pod pod : scene.operator().pods()) {
      var resource =
          scene.client().pods().inNamespace("default").withName(pod.getMetadata().getName());
      texts.put(pod.getMetadata().getName(), resource.getLog());
      if (pod.getStatus().getContainerStatuses().getFirst().getRestartCount() > 0) {
        texts.put(pod.getMetadata().getName() + " before", resource.terminated().getLog());
      }
    }

    assertThat(texts.values()).anySatisfy(text -> assertThat(text).contains(cluster.name()));
    assertThat(leaks(texts)).isEmpty();
  }

  @Test
  void sendsNoPasswordThatTheServerWouldLog() {
    Pod primary = cluster.primary();
    String name = primary.getMetadata().getName();
    Map<String, String> texts =
        Map.of(
            "log of the pod",
                scene.client().pods().inNamespace(scene.namespace()).withName(name).getLog(),
            "log of the server", execute(name, "cat /home/postgres/pgdata/pgroot/pg_log/*"));

    assertThat(texts.values()).allSatisfy(text -> assertThat(text).isNotEmpty());
    assertThat(leaks(texts)).isEmpty();
  }

  /** Where a password was found, as itself or as a Secret holds it; never the password. */
  private List<String> leaks(Map<String, String> texts) {
    Map<String, String> passwords = scene.run().evidence().passwords();
    assertThat(passwords).hasSizeGreaterThanOrEqualTo(3);
    var found = new TreeSet<String>();
    texts.forEach(
        (where, text) ->
            passwords.forEach(
                (password, secret) -> {
                  String encoded =
                      Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
                  if (text.contains(password) || text.contains(encoded)) {
                    found.add(
                        "password of "
                            + secret
                            + " in "
                            + where.lines().findFirst().orElse("").replace(password, "***"));
                  }
                }));
    return List.copyOf(found);
  }

  private String execute(String pod, String command) {
    var output = new ByteArrayOutputStream();
    try (var watch =
        scene
            .client()
            .pods()
            .inNamespace(scene.namespace())
            .withName(pod)
            .inContainer("postgres")
            .writingOutput(output)
            .exec("sh", "-c", command)) {
      watch.exitCode().get(20, TimeUnit.SECONDS);
      return output.toString(StandardCharsets.UTF_8);
    } catch (java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException failure) {
      throw new AssertionError(command, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }
}
