package dev.pgoperator.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicConfigTest {

  @Test
  void givesBackWhatItDoesNotKnow() {
    var json = new JsonObject("{\"ttl\": 30, \"brand_new\": {\"nested\": [1, null, \"x\"]}}");

    assertThat(DynamicConfig.of(json).json()).isEqualTo(json);
  }

  @Test
  void cannotBeChangedFromOutside() {
    var json = new JsonObject("{\"ttl\": 30, \"slots\": {}}");
    var config = DynamicConfig.of(json);

    json.put("ttl", 1);
    config.json().getJsonObject("slots").put("mine", "x");

    assertThat(config.ttl()).contains(Duration.ofSeconds(30));
    assertThat(config.slots()).isEmpty();
  }

  @Test
  void readsEveryKeyItKnows() {
    var config =
        DynamicConfig.of(
            new JsonObject(
                """
                {"ttl": 30, "loop_wait": 10, "retry_timeout": 9, "maximum_lag_on_failover": 33554432,
                 "synchronous_mode": true, "synchronous_mode_strict": true, "synchronous_node_count": 2,
                 "failsafe_mode": false, "slots": {"a": {"type": "physical"}},
                 "standby_cluster": {"host": "elsewhere", "port": 5433},
                 "postgresql": {"parameters": {"max_connections": 100, "jit": false}}}
                """));

    assertThat(config.ttl()).contains(Duration.ofSeconds(30));
    assertThat(config.loopWait()).contains(Duration.ofSeconds(10));
    assertThat(config.retryTimeout()).contains(Duration.ofSeconds(9));
    assertThat(config.maximumLagOnFailover()).contains(33_554_432L);
    assertThat(config.synchronousMode()).isEqualTo(SynchronousMode.ON);
    assertThat(config.synchronousModeStrict()).isTrue();
    assertThat(config.synchronousNodeCount()).contains(2);
    assertThat(config.failsafeMode()).contains(false);
    assertThat(config.slots()).isEqualTo(Map.of("a", Map.of("type", "physical")));
    assertThat(config.standbyCluster()).contains(Map.of("host", "elsewhere", "port", "5433"));
    assertThat(config.parameters()).isEqualTo(Map.of("jit", "false", "max_connections", "100"));
    assertThat(config.initialised()).isTrue();
  }

  @Test
  void oddValuesReadAsAbsent() {
    var config =
        DynamicConfig.of(
            new JsonObject(
                """
                {"ttl": "soon", "loop_wait": null, "maximum_lag_on_failover": [], "failsafe_mode": {},
                 "slots": "none", "standby_cluster": false, "postgresql": {"parameters": []}}
                """));

    assertThat(config.ttl()).isEmpty();
    assertThat(config.loopWait()).isEmpty();
    assertThat(config.maximumLagOnFailover()).isEmpty();
    assertThat(config.failsafeMode()).isEmpty();
    assertThat(config.slots()).isEmpty();
    assertThat(config.standbyCluster()).isEmpty();
    assertThat(config.parameters()).isEmpty();
    assertThat(config.initialised()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"ttl\": 30}", "{\"postgresql\": {}}", "{\"postgresql\": null}"})
  void isNotInitialisedWithoutParameters(String json) {
    assertThat(DynamicConfig.of(new JsonObject(json)).initialised()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "true, ON",
    "'\"on\"', ON",
    "'\"quorum\"', QUORUM",
    "false, OFF",
    "null, OFF",
    "7, OFF"
  })
  void synchronousModeHasThreeValuesInManySpellings(String json, SynchronousMode mode) {
    var config = DynamicConfig.of(new JsonObject("{\"synchronous_mode\": " + json + "}"));

    assertThat(config.synchronousMode()).isEqualTo(mode);
  }
}
