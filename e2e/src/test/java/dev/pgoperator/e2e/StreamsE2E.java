package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Event streams come and go as in the reference's own test (systems.md §7.4, row 28), on a cluster
 * whose servers do not write what streams read until the first is wanted.
 */
@EndToEnd(value = "e2e-streams", ownOperator = true)
@Order(65)
class StreamsE2E {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Patroni makes and drops slots in its loop, every ten seconds. */
  private static final Duration LOOPS = Duration.ofSeconds(60);

  private static final Path DEFINITION = Path.of("..", "manifests", "fes.crd.yaml");
  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("zalando.org")
          .withVersion("v1")
          .withKind("FabricEventStream")
          .withPlural("fabriceventstreams")
          .withNamespaced(true)
          .build();

  private static final String PUBLICATIONS =
      "SELECT coalesce(string_agg(pubname, ', ' ORDER BY pubname), 'none') FROM pg_publication";
  private static final String TABLES =
      "SELECT coalesce(string_agg(pubname || ' of ' || tablename, ', ' ORDER BY pubname), 'none')"
          + " FROM pg_publication_tables";
  private static final String SLOTS =
      "SELECT coalesce(string_agg(slot_name || ' ' || slot_type, ', ' ORDER BY slot_name), 'none')"
          + " FROM pg_replication_slots";

  private final Scene scene;
  private final PostgresCluster cluster;
  private boolean brought;
  private Map<String, String> pods = Map.of();

  StreamsE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("streamed");
  }

  @BeforeAll
  void create() throws IOException {
    bringTheKind();
    scene.create(Manifests.small(cluster.name(), 1));
    cluster.awaitRunning();
    cluster.edit("{\"spec\":{\"users\":{\"heir\":[]}}}");
    cluster.awaitAnswer("heir", "app", "SELECT current_user", "heir", SOON);
    cluster.query(
        cluster.login("app", "app"), "CREATE TABLE test_table (id int PRIMARY KEY, payload jsonb)");
  }

  private void bringTheKind() throws IOException {
    if (definition().get() == null) {
      scene
          .client()
          .resource(
              Serialization.unmarshal(Files.readString(DEFINITION), CustomResourceDefinition.class))
          .create();
      brought = true;
    }
    scene
        .waiting()
        .until(
            "FabricEventStreams can be listed",
            SOON,
            () ->
                Optional.ofNullable(definition().get())
                    .filter(StreamsE2E::isEstablished)
                    .isPresent());
  }

  private Resource<CustomResourceDefinition> definition() {
    return scene
        .client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("fabriceventstreams.zalando.org");
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition.getStatus() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(one -> "Established".equals(one.getType()) && "True".equals(one.getStatus()));
  }

  /** The kind goes last, so that the operator clears the cluster with it. */
  @AfterAll
  void clear() {
    try {
      cluster.delete();
    } finally {
      if (brought) {
        definition().delete();
        scene
            .waiting()
            .until("the kind is gone", Duration.ofMinutes(1), () -> definition().get() == null);
      }
    }
  }

  @BeforeEach
  void remember() {
    pods = cluster.incarnations();
  }

  @AfterEach
  void noPodIsTouched() {
    assertThat(cluster.incarnations()).isEqualTo(pods);
  }

  private List<JsonNode> streams() {
    return scene
        .client()
        .genericKubernetesResources(KIND)
        .inNamespace(scene.namespace())
        .withLabels(cluster.labels())
        .list()
        .getItems()
        .stream()
        .map(Manifests::tree)
        .toList();
  }

  private void awaitInApp(String statement, String answer) {
    cluster.awaitAnswer("postgres", "app", statement, answer, LOOPS);
  }

  @Test
  @Order(1)
  void aStreamOfATableIsMadeAndOneOfAMissingTableIsTold() {
    cluster.edit(
        """
        {"spec": {
          "patroni": {"slots": {"manual_slot": {"type": "physical"}}},
          "streams": [
            {"applicationId": "test-app", "database": "app", "batchSize": 100,
             "cpu": "100m", "memory": "200Mi", "enableRecovery": true,
             "tables": {"test_table": {"eventType": "test-event", "idColumn": "id",
               "payloadColumn": "payload", "recoveryEventType": "test-event-lost"}}},
            {"applicationId": "test-app2", "database": "app", "batchSize": 100,
             "tables": {"not_there": {"eventType": "test-event2"}}}]}}
        """);

    awaitInApp(TABLES, "fes_app_test_app of test_table");
    awaitInApp("SHOW wal_level", "logical");
    awaitInApp(SLOTS, "fes_app_test_app logical, manual_slot physical");
    scene.waiting().until("there is a FabricEventStream", LOOPS, () -> !streams().isEmpty());
    cluster.awaitCondition("Complete", "StreamsIncomplete", LOOPS);
    cluster.awaitCondition("Complete", "not_there", LOOPS);
    assertThat(cluster.status().condition("Complete")).isEqualTo("False");
    awaitInApp(PUBLICATIONS, "fes_app_test_app");
    assertThat(streams()).hasSize(1);
    tellsWhatToRead(streams().getFirst());
  }

  private void tellsWhatToRead(JsonNode stream) {
    assertThat(stream.at("/metadata/name").asText()).matches("streamed-[a-z0-9]{5}");
    assertThat(stream.at("/metadata/labels/team").asText()).isEqualTo("acid");
    JsonNode annotations = stream.at("/metadata/annotations");
    assertThat(annotations.path("fes.zalando.org/FES_CPU").asText()).isEqualTo("100m");
    assertThat(annotations.path("fes.zalando.org/FES_MEMORY").asText()).isEqualTo("200Mi");
    assertThat(stream.at("/spec/applicationId").asText()).isEqualTo("test-app");
    assertThat(stream.at("/spec/eventStreams")).hasSize(1);
    JsonNode event = stream.at("/spec/eventStreams/0");
    assertThat(event.at("/source/schema").asText()).isEqualTo("public");
    assertThat(event.at("/source/table/name").asText()).isEqualTo("test_table");
    JsonNode connection = event.at("/source/jdbcConnection");
    assertThat(connection.at("/slotName").asText()).isEqualTo("fes_app_test_app");
    assertThat(connection.at("/databaseAuthentication/name").asText())
        .isEqualTo(cluster.secretName("fes_user"));
    assertThat(event.at("/sink/eventType").asText()).isEqualTo("test-event");
    assertThat(event.at("/recovery/type").asText()).isEqualTo("DeadLetter");
    assertThat(event.at("/recovery/sink/eventType").asText()).isEqualTo("test-event-lost");
  }

  @Test
  @Order(2)
  void theUserOfStreamsCanLogInWithTheSecretThatTheyName() {
    assertThat(cluster.query(cluster.login("fes_user", "app"), "SELECT current_user"))
        .containsExactly("fes_user");
  }

  @Test
  @Order(3)
  void whatStreamsHadGoesWithThemAndWhatOthersMadeStays() {
    Login superuser = cluster.login("postgres", "app");
    cluster.query(superuser, "GRANT CREATE ON DATABASE app TO heir");
    cluster.query(superuser, "ALTER TABLE test_table OWNER TO heir");
    cluster.query(
        cluster.login("heir", "app"), "CREATE PUBLICATION mypublication FOR TABLE test_table");

    cluster.edit("{\"spec\":{\"streams\":[]}}");

    scene.waiting().until("no FabricEventStream is left", LOOPS, () -> streams().isEmpty());
    awaitInApp(SLOTS, "manual_slot physical");
    awaitInApp(TABLES, "mypublication of test_table");
    awaitInApp(PUBLICATIONS, "mypublication");
    cluster.awaitRunning();
    scene
        .waiting()
        .until(
            "nothing is missing any more",
            SOON,
            () -> !cluster.status().condition("Complete").equals("False"));
  }

  /** An operator that starts anew compares everything. */
  @Test
  @Order(4)
  void whatOthersMadeStaysWhenTheOperatorStartsAnew() {
    scene.operator().restart();
    cluster.edit("{\"spec\":{\"users\":{\"late\":[]}}}");
    cluster.awaitAnswer("late", "app", "SELECT current_user", "late", LOOPS);
    cluster.awaitRunning();

    awaitInApp(SLOTS, "manual_slot physical");
    awaitInApp(PUBLICATIONS, "mypublication");
  }
}
