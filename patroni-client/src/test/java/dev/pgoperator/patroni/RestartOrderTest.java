package dev.pgoperator.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartOrderTest {
  private final ConfigPatch.Builder patch =
      ConfigPatch.against(
          DynamicConfig.of(
              new JsonObject(
                  """
                  {"ttl": 30, "postgresql": {"parameters":
                    {"max_connections": "200", "max_wal_senders": "10", "shared_buffers": "1GB"}}}
                  """)));

  @Test
  void aSmallerLimitReachesThePrimaryFirst() {
    var smaller = patch.parameter("max_connections", "100").parameter("max_wal_senders", "5");

    assertThat(RestartOrder.of(smaller.build())).isEqualTo(RestartOrder.PRIMARY_FIRST);
  }

  private static PendingRestart.Needed waits(String parameter, String from, String to) {
    return new PendingRestart.Needed(Map.of(parameter, new PendingRestart.Change(from, to)));
  }

  @Test
  void whatWaitsAlreadySaysTheOrderToo() {
    var smaller = waits("max_connections", "200", "100");
    var larger = waits("max_wal_senders", "5", "10");
    var other = waits("shared_buffers", "200", "100");

    assertThat(RestartOrder.of(List.of(smaller))).isEqualTo(RestartOrder.PRIMARY_FIRST);
    assertThat(RestartOrder.of(List.of(smaller, other))).isEqualTo(RestartOrder.PRIMARY_FIRST);
    assertThat(RestartOrder.of(List.of(smaller, larger))).isEqualTo(RestartOrder.REPLICAS_FIRST);
    assertThat(RestartOrder.of(List.of(other))).isEqualTo(RestartOrder.REPLICAS_FIRST);
    assertThat(RestartOrder.of(List.of(new PendingRestart.Needed(Map.of()))))
        .as("an older Patroni does not say why")
        .isEqualTo(RestartOrder.REPLICAS_FIRST);
  }

  @Test
  void keysThatNeedNoRestartDoNotMatter() {
    var smaller = patch.ttl(Duration.ofSeconds(20)).parameter("max_connections", "100");

    assertThat(RestartOrder.of(smaller.build())).isEqualTo(RestartOrder.PRIMARY_FIRST);
  }

  @Test
  void aLargerLimitReachesTheReplicasFirst() {
    var larger = patch.parameter("max_connections", "300");

    assertThat(RestartOrder.of(larger.build())).isEqualTo(RestartOrder.REPLICAS_FIRST);
  }

  @Test
  void aDecreaseBesideAnotherChangeReachesTheReplicasFirst() {
    var mixed = patch.parameter("max_connections", "100").parameter("shared_buffers", "2GB");

    assertThat(RestartOrder.of(mixed.build())).isEqualTo(RestartOrder.REPLICAS_FIRST);
  }

  @Test
  void aNewLimitOrNoneReachesTheReplicasFirst() {
    assertThat(RestartOrder.of(patch.build())).isEqualTo(RestartOrder.REPLICAS_FIRST);
    assertThat(RestartOrder.of(patch.parameter("max_worker_processes", "4").build()))
        .isEqualTo(RestartOrder.REPLICAS_FIRST);
  }
}
