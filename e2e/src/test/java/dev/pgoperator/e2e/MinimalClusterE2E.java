package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The quick start: the manifest that the project ships becomes a cluster that works. */
@EndToEnd("e2e-minimal")
@Order(160)
class MinimalClusterE2E {
  private final Scene scene;
  private final PostgresCluster cluster;

  MinimalClusterE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("acid-minimal-cluster");
  }

  @BeforeAll
  void create() {
    long began = System.nanoTime();
    scene.create(Manifests.minimal());
    cluster.awaitRunning();
    Figures.tell(
        "two instances from kubectl apply to Running", Duration.ofNanos(System.nanoTime() - began));
  }

  @Test
  void streamsToTheReplica() {
    cluster.awaitAnswer(
        "postgres",
        "postgres",
        "SELECT state || ' ' || application_name FROM pg_stat_replication",
        "streaming acid-minimal-cluster-1",
        Duration.ofSeconds(30));
  }

  @Test
  void letsTheOwnerWorkInItsDatabase() {
    Login zalando = cluster.login("zalando", "foo");

    cluster.query(zalando, "CREATE TABLE orders (id int)");
    cluster.query(zalando, "INSERT INTO orders SELECT generate_series(1, 5)");

    assertThat(cluster.query(zalando, "SELECT count(*) FROM orders")).containsExactly("5");
  }

  @Test
  void givesRolesTheFlagsOfTheManifest() {
    Login postgres = cluster.login("postgres", "postgres");

    assertThat(
            cluster.query(
                postgres,
                "SELECT concat_ws(' ', rolname, rolcanlogin, rolsuper, rolcreatedb) FROM pg_roles"
                    + " WHERE rolname IN ('zalando', 'foo_user') ORDER BY 1"))
        .containsExactly("foo_user t f f", "zalando t t t");
  }

  @Test
  void preparesTheDatabaseWithItsRoles() {
    Login postgres = cluster.login("postgres", "bar");

    assertThat(
            cluster.query(
                postgres, "SELECT rolname FROM pg_roles WHERE rolname ~ '^bar_' ORDER BY 1"))
        .containsExactly(
            "bar_data_owner",
            "bar_data_reader",
            "bar_data_writer",
            "bar_owner",
            "bar_reader",
            "bar_writer");
    assertThat(cluster.query(postgres, "SELECT nspname FROM pg_namespace WHERE nspname = 'data'"))
        .containsExactly("data");
    assertThat(
            cluster.query(
                postgres, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'bar'"))
        .containsExactly("bar_owner");
  }

  @Test
  void saysInItsStatusThatAllIsDone() {
    var manifest = cluster.resource().get();
    Status status = Status.of(manifest);

    assertThat(status.phase()).isEqualTo("Running");
    assertThat(status.observedGeneration()).isEqualTo(manifest.getMetadata().getGeneration());
    assertThat(status.condition("Ready")).isEqualTo("True");
    assertThat(status.condition("Progressing")).isEqualTo("False");
    assertThat(status.conditions().values())
        .allSatisfy(condition -> assertThat(condition.reason()).isNotEmpty());
  }

  @Test
  void tellsItsStoryInEvents() {
    var events = scene.client().v1().events().inNamespace(scene.namespace()).list().getItems();

    assertThat(events)
        .filteredOn(event -> event.getInvolvedObject().getKind().equals("postgresql"))
        .extracting(Event::getReason)
        .contains("Create", "Services", "Secrets", "StatefulSet");
  }
}
