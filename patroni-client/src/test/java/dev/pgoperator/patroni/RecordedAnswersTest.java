package dev.pgoperator.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers recorded from Patroni 4.0.7 with PostgreSQL 17 on the bed, two members. */
class RecordedAnswersTest {

  @Test
  void aPrimary() {
    var status = status("status-primary");

    assertThat(status.role()).isEqualTo(MemberRole.Known.PRIMARY);
    assertThat(status.state()).isEqualTo(MemberState.Known.RUNNING);
    assertThat(status.writable()).isTrue();
    assertThat(status.patroni())
        .isEqualTo(new MemberStatus.PatroniProcess("4.0.7", "demo", "demo-0"));
    assertThat(status.server())
        .isEqualTo(
            new Server.Running(
                170011,
                1,
                new Server.Wal.Written(50_333_000),
                List.of(new Server.Replication("demo-1", "10.77.0.10", "streaming", "async")),
                "7711107224462700583"));
  }

  @Test
  void aReplica() {
    var status = status("status-replica");

    assertThat(status.role()).isEqualTo(MemberRole.Known.REPLICA);
    assertThat(status.state()).isEqualTo(MemberState.Known.STREAMING);
    assertThat(status.writable()).isFalse();
    assertThat(status.server())
        .isInstanceOfSatisfying(
            Server.Running.class,
            server -> {
              assertThat(server.majorVersion()).isEqualTo(17);
              assertThat(server.wal())
                  .isEqualTo(new Server.Wal.Replayed(50_333_000, 50_333_000, false));
            });
  }

  @Test
  void aSynchronousStandby() {
    assertThat(status("status-sync-standby").role()).isEqualTo(MemberRole.Known.SYNC_STANDBY);
  }

  @Test
  void aMemberThatWaitsForARestart() {
    assertThat(status("status-pending-restart").pendingRestart())
        .isEqualTo(
            new PendingRestart.Needed(
                Map.of("max_connections", new PendingRestart.Change("100", "101"))));
  }

  @Test
  void aClusterInItsBootstrap() {
    var first = status("status-bootstrap");
    assertThat(first.state()).isEqualTo(MemberState.Known.INITIALIZING);
    assertThat(first.role()).isEqualTo(MemberRole.Known.UNINITIALIZED);
    assertThat(first.server()).isEqualTo(new Server.Down());

    var cluster = cluster("cluster-bootstrap");
    assertThat(cluster.leader()).isEmpty();
    assertThat(cluster.member("demo-1").orElseThrow().state())
        .isEqualTo(new MemberState.Unknown(""));
    assertThat(cluster.member("demo-1").orElseThrow().endpoints().api()).isEmpty();
  }

  @Test
  void aStartingPrimaryIsNotWritable() {
    var status = status("status-starting");

    assertThat(status.role()).isEqualTo(MemberRole.Known.PRIMARY);
    assertThat(status.view().unlocked()).isTrue();
    assertThat(status.writable()).isFalse();
  }

  @Test
  void aLeaderThatJustSteppedDown() {
    var status = status("status-demoted");

    assertThat(status.role()).isEqualTo(MemberRole.Known.DEMOTED);
    assertThat(status.state()).isEqualTo(MemberState.Known.STOPPED);
    assertThat(status.writable()).isFalse();
  }

  @Test
  void aStandbyLeaderLeadsButIsNotWritable() {
    var status = status("status-standby-leader");

    assertThat(status.role().leads()).isTrue();
    assertThat(status.writable()).isFalse();
    assertThat(cluster("cluster-standby").leader().orElseThrow().role())
        .isEqualTo(MemberRole.Known.STANDBY_LEADER);
  }

  @Test
  void aHealthyCluster() {
    var cluster = cluster("cluster");

    assertThat(cluster.scope()).isEqualTo("demo");
    assertThat(cluster.leader().orElseThrow().name()).isEqualTo("demo-0");
    assertThat(cluster.leader().orElseThrow().lag()).isEqualTo(Lag.of(0));
    var replica = cluster.member("demo-1").orElseThrow();
    assertThat(replica.state()).isEqualTo(MemberState.Known.STREAMING);
    assertThat(replica.timeline()).isEqualTo(1);
    assertThat(replica.endpoints().api()).contains(MemberAddress.of("10.77.0.10"));
    assertThat(cluster.paused()).isFalse();
  }

  @Test
  void aPausedCluster() {
    assertThat(cluster("cluster-paused").paused()).isTrue();
  }

  @Test
  void aScheduledSwitchover() {
    assertThat(cluster("cluster-scheduled-switchover").planned())
        .isInstanceOfSatisfying(
            PlannedSwitchover.Planned.class,
            plan -> {
              assertThat(plan.from()).isEqualTo("demo-0");
              assertThat(plan.to()).isEqualTo("demo-1");
              assertThat(plan.time()).contains(Instant.parse("2030-01-02T03:04:05Z"));
            });
  }

  @Test
  void everyMemberSaysThatItWaitsForARestart() {
    assertThat(cluster("cluster-pending-restart").members())
        .allMatch(member -> member.pendingRestart().needed());
  }

  @Test
  void standbysThatCommitsWaitFor() {
    assertThat(cluster("cluster-synchronous").member("demo-0").orElseThrow().role())
        .isEqualTo(MemberRole.Known.SYNC_STANDBY);
    assertThat(cluster("cluster-quorum").member("demo-0").orElseThrow().role())
        .isEqualTo(MemberRole.Known.QUORUM_STANDBY);
  }

  @Test
  void aConfiguration() {
    var config = DynamicConfig.of(json("config"));

    assertThat(config.initialised()).isTrue();
    assertThat(config.failsafeMode()).contains(false);
    assertThat(config.parameters())
        .containsEntry("max_connections", "100")
        .containsEntry("autovacuum_vacuum_scale_factor", "0.05")
        .containsEntry("wal_level", "hot_standby");
    assertThat(config.json()).isEqualTo(json("config"));
  }

  @Test
  void anErrorPageIsNotQuoted() {
    assertThat(Excerpt.of(text("config-not-initialised.html"))).isEmpty();
  }

  private static MemberStatus status(String name) {
    return MemberStatus.parse(new LenientJson(json(name)));
  }

  private static ClusterState cluster(String name) {
    return ClusterState.parse(new LenientJson(json(name)));
  }

  private static JsonObject json(String name) {
    return new JsonObject(Buffer.buffer(text(name + ".json")));
  }

  private static String text(String file) {
    try (InputStream in = RecordedAnswersTest.class.getResourceAsStream("/recorded/" + file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
