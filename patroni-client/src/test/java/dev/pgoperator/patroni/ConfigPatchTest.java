package dev.pgoperator.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigPatchTest {
  private static final DynamicConfig LIVE =
      DynamicConfig.of(
          new JsonObject(
              """
              {"ttl": 30, "loop_wait": 10, "retry_timeout": "10", "synchronous_mode": false,
               "slots": {"cdc": {"type": "logical", "database": "foo", "plugin": "pgoutput"}, "spare": null},
               "postgresql": {"use_slots": true,
                 "parameters": {"max_connections": 100, "log_statement": "ddl"}}}
              """));

  @Test
  void whatIsThereAlreadyIsNotSent() {
    var patch =
        ConfigPatch.against(LIVE)
            .ttl(Duration.ofSeconds(30))
            .loopWait(Duration.ofSeconds(10))
            .retryTimeout(Duration.ofSeconds(10))
            .synchronousMode(SynchronousMode.OFF)
            .synchronousModeStrict(false)
            .synchronousNodeCount(0)
            .parameters(Map.of("max_connections", "100", "log_statement", "ddl"))
            .slot("cdc", Map.of("type", "logical", "database", "foo", "plugin", "pgoutput"))
            .removeSlot("spare")
            .removeSlot("unknown")
            .removeParameter("work_mem")
            .removeStandbyCluster()
            .build();

    assertThat(patch.isEmpty()).isTrue();
    assertThat(patch.body()).isEqualTo(new JsonObject());
  }

  @Test
  void onlyDifferencesAreSent() {
    var patch =
        ConfigPatch.against(LIVE)
            .ttl(Duration.ofSeconds(20))
            .loopWait(Duration.ofSeconds(10))
            .maximumLagOnFailover(33_554_432)
            .synchronousMode(SynchronousMode.QUORUM)
            .failsafeMode(false)
            .parameter("max_connections", "200")
            .parameter("log_statement", "ddl")
            .build();

    assertThat(patch.body())
        .isEqualTo(
            new JsonObject(
                """
                {"ttl": 20, "maximum_lag_on_failover": 33554432, "synchronous_mode": "quorum",
                 "failsafe_mode": false, "postgresql": {"parameters": {"max_connections": "200"}}}
                """));
  }

  @Test
  void eachDifferenceSaysFromWhatToWhat() {
    var patch =
        ConfigPatch.against(LIVE)
            .parameter("max_connections", "200")
            .parameter("work_mem", "8MB")
            .removeParameter("log_statement")
            .build();

    assertThat(patch.changes())
        .extracting(ConfigChange::kind, ConfigChange::key, ConfigChange::from, ConfigChange::to)
        .containsExactly(
            tuple(ConfigChange.Kind.CHANGED, "postgresql.parameters.max_connections", "100", "200"),
            tuple(ConfigChange.Kind.ADDED, "postgresql.parameters.work_mem", "", "8MB"),
            tuple(ConfigChange.Kind.REMOVED, "postgresql.parameters.log_statement", "ddl", ""));
  }

  @Test
  void aRemovedKeyIsSentAsNull() {
    var body = ConfigPatch.against(LIVE).removeSlot("cdc").remove("loop_wait").build().body();

    assertThat(body).isEqualTo(new JsonObject("{\"slots\": {\"cdc\": null}, \"loop_wait\": null}"));
  }

  @Test
  void aSlotLosesTheSettingsThatAreNotWanted() {
    var body = ConfigPatch.against(LIVE).slot("cdc", Map.of("type", "physical")).build().body();

    assertThat(body)
        .isEqualTo(
            new JsonObject(
                """
                {"slots": {"cdc": {"type": "physical", "database": null, "plugin": null}}}
                """));
  }

  @Test
  void patchingWithTheResultAgainFindsNothing() {
    var body =
        ConfigPatch.against(LIVE)
            .slot("cdc", Map.of("type", "physical"))
            .slot("new", Map.of("type", "physical"))
            .standbyCluster(Map.of("host", "elsewhere", "port", "5433"))
            .synchronousMode(SynchronousMode.ON)
            .synchronousNodeCount(2)
            .build()
            .body();
    var after = DynamicConfig.of(FakeOrders.merged(LIVE.json(), body));

    assertThat(after.slots().get("cdc")).isEqualTo(Map.of("type", "physical"));
    assertThat(
            ConfigPatch.against(after)
                .slot("cdc", Map.of("type", "physical"))
                .slot("new", Map.of("type", "physical"))
                .standbyCluster(Map.of("host", "elsewhere", "port", "5433"))
                .synchronousMode(SynchronousMode.ON)
                .synchronousNodeCount(2)
                .build()
                .isEmpty())
        .isTrue();
  }

  @Test
  void valuesAreNotShownInText() {
    var patch = ConfigPatch.against(LIVE).standbyCluster(Map.of("password", "s3cret")).build();

    assertThat(patch + " " + patch.changes() + " " + DynamicConfig.of(patch.body()))
        .contains("standby_cluster")
        .doesNotContain("s3cret");
  }
}
