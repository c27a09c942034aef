package dev.pgoperator.patroni;

import static dev.pgoperator.patroni.PatroniHttpTest.answer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a former leader is a replica; its life goes on by one stage with each question. */
class DemotionTest {
  private static final MemberAddress FORMER = MemberAddress.of("10.0.0.1");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(250);

  private final Vertx vertx = Vertx.vertx();
  private final FakeCluster cluster =
      FakeCluster.named("acid-demo")
          .replica("acid-demo-0", FORMER.host())
          .primary("acid-demo-1", "10.0.0.2");
  private final FakePatroni fake = new FakePatroni(vertx, cluster);
  private final Deque<Runnable> life = new ArrayDeque<>();
  private final PatroniClient client = new FakeRoute(fake.client(), this::nextStage);

  @BeforeEach
  void itIsTheLeaderYet() {
    cluster.becomes("acid-demo-0", "primary", "running");
  }

  @AfterEach
  void stop() throws TimeoutException {
    fake.close();
    vertx.close().await(10, SECONDS);
  }

  private Future<MemberAddress> nextStage(MemberAddress asked) {
    if (!life.isEmpty()) {
      life.remove().run();
    }
    return Future.succeededFuture(asked);
  }

  private void thenItIs(String role, String state) {
    life.add(() -> cluster.becomes("acid-demo-0", role, state));
  }

  @ParameterizedTest
  @ValueSource(strings = {"replica", "sync_standby", "quorum_standby"})
  void itIsOverWithTheFirstAnswerOfARunningReplica(String role) {
    thenItIs("primary", "running");
    thenItIs("primary", "stopping");
    thenItIs("demoted", "stopped");
    thenItIs(role, "starting");
    thenItIs(role, "running");
    thenItIs("replica", "crashed");

    answer(new Demotion(client, FORMER, LONG).end(vertx));

    assertThat(life).as("stages that nobody has asked for").hasSize(1);
  }

  @Test
  void aMemberThatDoesNotAnswerIsNoReplicaYet() {
    life.add(() -> cluster.remove("acid-demo-0"));
    life.add(() -> cluster.replica("acid-demo-0", FORMER.host()));

    answer(new Demotion(client, FORMER, LONG).end(vertx));

    assertThat(life).isEmpty();
  }

  @Test
  void oneThatNeverBecomesAReplicaIsWaitedForNoLongerThanThePatience() {
    List<Future<Void>> ends =
        List.of(
            new Demotion(client, FORMER, SHORT).end(vertx),
            new Demotion(client, MemberAddress.of("10.0.0.9"), SHORT).end(vertx));

    ends.forEach(PatroniHttpTest::answer);

    assertThat(cluster.leader()).isEqualTo("acid-demo-0");
  }

  @Test
  void aMemberThatNeverAnswersHoldsUpNobodyLonger() {
    var silent = new FakeRoute(fake.client(), member -> Future.future(never -> {}));

    answer(new Demotion(silent, FORMER, SHORT).end(vertx));
  }

  @Test
  void theClientWaitsForARunningReplica() {
    cluster.becomes("acid-demo-0", "replica", "running");

    answer(fake.client().demoted(FORMER));
  }
}
