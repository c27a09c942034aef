package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Settings of Patroni and PostgreSQL that need no new pod, and slots of several owners. */
@EndToEnd(value = "e2e-settings", ownOperator = true)
@Order(22)
class PatroniSettingsE2E {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Scene scene;
  private final PostgresCluster cluster;

  PatroniSettingsE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("tuned");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.small("tuned", 2));
    cluster.awaitRunning();
    cluster.edit("{\"spec\":{\"databases\":{\"foo\":\"app\",\"bar\":\"app\"}}}");
    cluster.awaitRunning();
  }

  private String curl(String arguments) {
    return new InPod(scene, cluster.primary()).run("curl -sf " + arguments);
  }

  private JsonNode config() {
    try {
      return JSON.readTree(curl("localhost:8008/config"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void awaitConfig(String pointer, String wanted) {
    scene
        .waiting()
        .until(
            "Patroni's configuration has " + pointer + " " + wanted,
            LIMIT,
            () -> config().at(pointer).toString().equals(wanted));
  }

  private void awaitSlots(String... names) {
    String sorted = "{" + String.join(",", names) + "}";
    cluster.awaitAnswer(
        "postgres",
        "postgres",
        "SELECT array_agg(slot_name::text ORDER BY slot_name)::text FROM pg_replication_slots"
            + " WHERE slot_name NOT LIKE 'tuned%'",
        sorted,
        LIMIT);
  }

  @Test
  @Order(1)
  void patroniHasThemAndServersAreRestartedInTheirPods() {
    Map<String, String> pods = cluster.uids();
    cluster.edit(
        """
        {"spec":{
          "postgresql":{"parameters":{"max_connections":"50","wal_level":"logical"}},
          "patroni":{"slots":{"first_slot":{"type":"physical"}},"ttl":29,"loop_wait":9,"retry_timeout":9,
            "synchronous_mode":true,"failsafe_mode":true}}}""");
    awaitConfig("/ttl", "29");
    awaitConfig("/loop_wait", "9");
    awaitConfig("/retry_timeout", "9");
    awaitConfig("/synchronous_mode", "true");
    awaitConfig("/failsafe_mode", "true");
    awaitConfig("/slots", "{\"first_slot\":{\"type\":\"physical\"}}");
    awaitConfig("/postgresql/parameters/max_connections", "\"50\"");
    awaitConfig("/postgresql/parameters/wal_level", "\"logical\"");
    cluster.awaitEverywhere("max_connections", "50", LIMIT);
    cluster.awaitEverywhere("wal_level", "logical", LIMIT);
    cluster.awaitPhase("Running", LIMIT);
    assertThat(cluster.uids()).isEqualTo(pods);
  }

  @Test
  @Order(2)
  void aSmallerLimitReachesThePrimaryAndThenTheReplica() {
    Map<String, String> pods = cluster.uids();
    try (var restarts = Restarts.of(scene, cluster)) {
      cluster.editParameter("max_connections", "30");
      awaitConfig("/postgresql/parameters/max_connections", "\"30\"");
      cluster.awaitEverywhere("max_connections", "30", LIMIT);
      cluster.awaitPhase("Running", LIMIT);
      restarts.stop();
      assertThat(restarts.counted())
          .as("each server is restarted once")
          .hasSize(2)
          .allSatisfy((pod, count) -> assertThat(count).isEqualTo(1));
    }
    assertThat(cluster.uids()).isEqualTo(pods);
  }

  @Test
  @Order(3)
  void aSlotOfSomebodyElseStaysWhileOursComeMoveAndGo() {
    curl(
        "-XPATCH -d '{\"slots\":{\"test_patroni_slot\":{\"type\":\"physical\"}}}' localhost:8008/config");
    cluster.edit(
        """
        {"spec":{"patroni":{"slots":{
          "test_slot":{"type":"logical","database":"foo","plugin":"pgoutput"},
          "test_slot_2":{"type":"physical"}}}}}""");
    awaitSlots("first_slot", "test_patroni_slot", "test_slot", "test_slot_2");

    cluster.edit(
        "{\"spec\":{\"patroni\":{\"slots\":{\"test_slot\":{\"database\":\"bar\"},\"test_slot_2\":null}}}}");
    awaitSlots("first_slot", "test_patroni_slot", "test_slot");
    cluster.awaitAnswer(
        "postgres",
        "postgres",
        "SELECT database FROM pg_replication_slots WHERE slot_name = 'test_slot'",
        "bar",
        LIMIT);
    cluster.awaitPhase("Running", LIMIT);
    assertThat(config().path("slots").has("test_patroni_slot")).isTrue();
    assertThat(config().path("slots").has("test_slot_2")).isFalse();
  }

  @Test
  @Order(4)
  void aRollThatTakesLongerThanTheOptionAllowsIsAFailureUntilItGoesOn() {
    OwnOperator.configure(scene, "pod_label_wait_timeout", "1s");
    Map<String, String> pods = cluster.uids();
    cluster.pods().forEach(cluster::condemn);
    cluster.awaitPhase("SyncFailed", LIMIT);
    scene
        .waiting()
        .until(
            "both pods are new all the same",
            LIMIT,
            () ->
                cluster.uids().size() == 2
                    && cluster.uids().values().stream().noneMatch(pods::containsValue));
    cluster.awaitRoles(2, LIMIT);
    cluster.awaitPhase("Running", LIMIT);
  }
}
