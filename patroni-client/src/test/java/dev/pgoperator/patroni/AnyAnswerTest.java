package dev.pgoperator.patroni;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever JSON a member answers with, reading it gives values and never an exception. */
class AnyAnswerTest {
  private static final List<String> KEYS =
      List.of(
          "members",
          "name",
          "role",
          "state",
          "lag",
          "timeline",
          "tags",
          "host",
          "port",
          "api_url",
          "scheduled_switchover",
          "at",
          "from",
          "to",
          "pause",
          "scope",
          "patroni",
          "version",
          "xlog",
          "location",
          "received_location",
          "replayed_location",
          "replication",
          "server_version",
          "pending_restart",
          "pending_restart_reason",
          "cluster_unlocked",
          "postgresql",
          "parameters",
          "slots",
          "ttl",
          "synchronous_mode",
          "failsafe_mode",
          "standby_cluster",
          "nofailover");
  private static final List<Object> SCALARS =
      List.of(
          "",
          "running",
          "leader",
          "unknown",
          "-1",
          "99999999999999999999",
          "http://[::1",
          0,
          -7,
          1e300,
          Long.MAX_VALUE,
          true,
          false,
          "\u0000\ud800");

  private final Random random = new Random(20261122);

  @Test
  void tenThousandOddAnswersAreAllRead() {
    for (int round = 0; round < 10_000; round++) {
      var json = new LenientJson(object(4));
      assertThatCode(() -> readEverything(json)).as(json.json()::encode).doesNotThrowAnyException();
    }
  }

  private static void readEverything(LenientJson json) {
    MemberStatus.parse(json).writable();
    ClusterState cluster = ClusterState.parse(json);
    cluster.members().forEach(member -> member.endpoints().api());
    if (cluster.planned() instanceof PlannedSwitchover.Planned planned) {
      planned.time();
    }
    for (SynchronousMode mode : SynchronousMode.values()) {
      Switchovers.candidate(cluster, mode);
    }
    DynamicConfig config = DynamicConfig.of(json.json());
    config.slots();
    config.synchronousMode();
    RestartOrder.of(
        ConfigPatch.against(config)
            .parameter("max_connections", "10")
            .removeStandbyCluster()
            .build());
  }

  private JsonObject object(int depth) {
    var object = new JsonObject();
    IntStream.range(0, 6).forEach(i -> object.put(pick(KEYS), value(depth)));
    return object;
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 2)) {
      case 0, 1 -> pick(SCALARS);
      case 2 -> new JsonArray().add(value(depth - 1)).addNull().add(value(depth - 1));
      default -> object(depth - 1);
    };
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
