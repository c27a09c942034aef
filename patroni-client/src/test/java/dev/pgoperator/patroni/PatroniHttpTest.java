package dev.pgoperator.patroni;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls, over real HTTP, against a cluster that changes as Patroni's would. */
class PatroniHttpTest {
  private static final MemberAddress FIRST = MemberAddress.of("10.0.0.1");
  private static final MemberAddress SECOND = MemberAddress.of("10.0.0.2");
  private static Vertx vertx;

  private FakeCluster cluster;
  private FakePatroni fake;
  private PatroniClient patroni;

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() throws TimeoutException {
    vertx.close().await(10, SECONDS);
  }

  @BeforeEach
  void twoMembers() {
    cluster =
        FakeCluster.named("acid-demo")
            .primary("acid-demo-0", "10.0.0.1")
            .replica("acid-demo-1", "10.0.0.2")
            .configured(
                new JsonObject(
                    """
                    {"ttl": 30, "postgresql": {"use_slots": true,
                     "parameters": {"max_connections": "100", "log_statement": "ddl"}}}
                    """));
    fake = new FakePatroni(vertx, cluster);
    patroni = fake.client();
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void aHandOverTellsForHowLongNobodyAcceptedWrites() throws TimeoutException {
    HandOver end =
        patroni
            .handOver(FIRST, SECOND, new Switchover.Now("acid-demo-0", "acid-demo-1"))
            .await(10, SECONDS);
    assertThat(cluster.leader()).isEqualTo("acid-demo-1");
    assertThat(end.message()).contains("acid-demo-1");
    assertThat(end.gap()).isLessThan(java.time.Duration.ofSeconds(5));
  }

  @Test
  void aHandOverThatIsRefusedFailsWithoutWaiting() {
    var refused =
        catchThrowableOfType(
            PatroniFailure.Refused.class,
            () ->
                patroni
                    .handOver(FIRST, SECOND, new Switchover.Now("acid-demo-1", "acid-demo-0"))
                    .await(10, SECONDS));
    assertThat(refused.status()).isEqualTo(412);
    assertThat(cluster.leader()).isEqualTo("acid-demo-0");
  }

  @Test
  void onlyThePrimaryIsPrimary() {
    assertThat(answer(patroni.primary(FIRST))).isTrue();
    assertThat(answer(patroni.primary(SECOND))).isFalse();
    assertThat(answer(patroni.status(FIRST)).writable()).isTrue();
    assertThat(answer(patroni.status(SECOND)).writable()).isFalse();
  }

  @Test
  void aStoppedMemberIsAliveButNotReady() {
    cluster.becomes("acid-demo-1", "replica", "stopped");

    assertThat(answer(patroni.liveness(SECOND))).isTrue();
    assertThat(answer(patroni.readiness(SECOND))).isFalse();
    assertThat(answer(patroni.status(SECOND)).server()).isEqualTo(new Server.Down());
  }

  @Test
  void aSwitchoverGivesTheRoleToTheCandidate() {
    var done = answer(patroni.switchover(FIRST, Switchover.now("acid-demo-0", "acid-demo-1")));

    assertThat(done)
        .isEqualTo(new SwitchoverResult.Done("Successfully switched over to \"acid-demo-1\""));
    var leader = answer(patroni.cluster(FIRST)).leader().orElseThrow();
    assertThat(leader.name()).isEqualTo("acid-demo-1");
    assertThat(leader.timeline()).isEqualTo(2);
  }

  @Test
  void aScheduledSwitchoverCanBeForgotten() {
    var at = Instant.parse("2030-01-02T03:04:05Z");
    var noted = answer(patroni.switchover(FIRST, Switchover.at(at, "acid-demo-0", "acid-demo-1")));

    assertThat(noted).isEqualTo(new SwitchoverResult.Scheduled("Switchover scheduled"));
    assertThat(answer(patroni.cluster(SECOND)).planned())
        .isInstanceOfSatisfying(
            PlannedSwitchover.Planned.class, plan -> assertThat(plan.time()).contains(at));

    answer(patroni.cancelSwitchover(FIRST));
    answer(patroni.cancelSwitchover(FIRST));
    assertThat(answer(patroni.cluster(SECOND)).planned())
        .isEqualTo(new PlannedSwitchover.NotPlanned());
  }

  @Test
  void aSwitchoverFromSomebodyElseIsRefusedWithTheReason() {
    var refused =
        failure(
            PatroniFailure.Refused.class,
            patroni.switchover(SECOND, Switchover.now("acid-demo-1", "acid-demo-0")));

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.reason()).isEqualTo("leader name does not match");
    assertThat(refused.mayHaveArrived()).isFalse();
    assertThat(cluster.leader()).isEqualTo("acid-demo-0");
  }

  @Test
  void aPatchThatNeedsARestartIsAppliedByOne() {
    var live = answer(patroni.config(FIRST));
    var patch = ConfigPatch.against(live).parameter("max_connections", "200").build();
    assertThat(answer(patroni.patchConfig(SECOND, patch)).parameters())
        .containsEntry("max_connections", "200")
        .containsEntry("log_statement", "ddl");

    assertThat(answer(patroni.status(FIRST)).pendingRestart())
        .isEqualTo(
            new PendingRestart.Needed(
                Map.of("max_connections", new PendingRestart.Change("100", "200"))));
    assertThat(answer(patroni.restart(FIRST, Restart.ifPending())))
        .isEqualTo(RestartResult.RESTARTED);
    assertThat(answer(patroni.status(FIRST)).pendingRestart().needed()).isFalse();
    assertThat(cluster.starts("acid-demo-0")).isEqualTo(2);
  }

  @Test
  void aPendingRestartIsSeenOfAllMembersAtOnce() {
    var live = answer(patroni.config(FIRST));
    answer(
        patroni.patchConfig(
            FIRST, ConfigPatch.against(live).parameter("shared_buffers", "1GB").build()));

    assertThat(answer(patroni.cluster(SECOND)).members())
        .allMatch(member -> member.pendingRestart().needed());
  }

  @Test
  void aClusterBeforeItsBootstrapHasNoConfiguration() {
    cluster.configured(new JsonObject());

    assertThat(answer(patroni.config(FIRST)).initialised()).isFalse();
  }

  @Test
  void aRestartWithoutNeedDoesNothing() {
    assertThat(answer(patroni.restart(FIRST, Restart.ifPending())))
        .isEqualTo(RestartResult.NOT_NEEDED);
    assertThat(answer(patroni.restart(FIRST, Restart.always().as(Restart.Role.REPLICA))))
        .isEqualTo(RestartResult.NOT_NEEDED);
    assertThat(cluster.starts("acid-demo-0")).isEqualTo(1);
  }

  @Test
  void aReplicaCanBeReinitializedButNotThePrimary() {
    answer(patroni.reload(SECOND));
    answer(patroni.reinitialize(SECOND, Reinitialize.WHEN_IDLE));
    assertThat(answer(patroni.status(SECOND)).state())
        .isEqualTo(MemberState.Known.CREATING_REPLICA);

    var refused =
        failure(PatroniFailure.Refused.class, patroni.reinitialize(FIRST, Reinitialize.AT_ONCE));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused).hasMessageContaining("I am the leader");
  }

  @Test
  void everyOrderIsSentOnce() {
    answer(patroni.reload(FIRST));
    failure(
        PatroniFailure.Refused.class,
        patroni.switchover(FIRST, Switchover.now("acid-demo-0", "nobody")));

    assertThat(cluster.orders())
        .containsExactly("POST /reload at acid-demo-0", "POST /switchover at acid-demo-0");
  }

  @Test
  void aMemberThatIsGoneIsUnreachable() {
    cluster.remove("acid-demo-1");

    var gone = failure(PatroniFailure.MemberUnreachable.class, patroni.status(SECOND));
    assertThat(gone.mayHaveArrived()).isFalse();
  }

  static <T> T answer(Future<T> future) {
    try {
      return future.await(10, SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer in ten seconds", late);
    }
  }

  static <T extends PatroniFailure> T failure(Class<T> type, Future<?> future) {
    return catchThrowableOfType(type, () -> future.await(10, SECONDS));
  }
}
