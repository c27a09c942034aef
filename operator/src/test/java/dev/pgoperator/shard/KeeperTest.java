package dev.pgoperator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pods that come, share and stop in good order. */
class KeeperTest {
  private final Pods pods = new Pods();

  @Test
  void aPodThatIsAloneHoldsAllAtOnce() {
    FakePod a = pods.pod("a");
    pods.passMillis(100);
    assertThat(a.holds()).isEqualTo(Shards.COUNT);
    pods.pass(600);
    assertThat(a.holds()).isEqualTo(Shards.COUNT);
    assertThat(a.lost()).isZero();
  }

  @Test
  void aPodThatIsAloneAsksLittle() {
    pods.pod("a");
    pods.pass(60);
    int before = pods.leases.requests();
    pods.pass(600);
    // Nine renewals and one look in five seconds.
    assertThat(pods.leases.requests() - before).isBetween(1000, 1400);
  }

  @Test
  void aPodThatIsAloneTakesAllBeforeItIsReady() {
    FakePod a = pods.starting("a", "a");
    pods.passMillis(100);
    assertThat(a.holds()).isEqualTo(Shards.COUNT);
  }

  @Test
  void podsThatJoinGetTheirShare() {
    FakePod a = pods.pod("a");
    pods.pass(10);
    FakePod b = pods.pod("b");
    pods.pass(20);
    assertThat(List.of(a.holds(), b.holds())).containsExactly(4, 4);
    FakePod c = pods.pod("c");
    pods.pass(20);
    assertThat(List.of(a.holds(), b.holds(), c.holds())).containsExactlyInAnyOrder(3, 3, 2);
    assertThat(pods.longestGap()).as("handed over, not expired").isLessThan(Duration.ofSeconds(3));
    assertThat(a.lost() + b.lost() + c.lost()).isZero();
  }

  @Test
  void morePodsThanShardsLeaveSomeWithNothingAndNobodyWithTwo() {
    for (int i = 0; i < 10; i++) {
      pods.pod("pod-" + i);
    }
    pods.pass(120);
    assertThat(pods.all).allMatch(pod -> pod.holds() < 2);
    assertThat(pods.all.stream().mapToInt(FakePod::holds).sum()).isEqualTo(Shards.COUNT);
  }

  @Test
  void fivePodsShareAsEvenlyAsTheyCan() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      pods.pod(name);
      pods.pass(30);
    }
    pods.hold(2, 2, 2, 1, 1);
  }

  @Test
  void nothingGoesToAPodThatDoesNotKnowTheWorldYet() {
    FakePod a = pods.pod("a");
    pods.pass(10);
    FakePod b = pods.starting("b", "b");
    pods.pass(60);
    assertThat(List.of(a.holds(), b.holds())).containsExactly(8, 0);
    b.keeper.ready();
    pods.pass(20);
    assertThat(List.of(a.holds(), b.holds())).containsExactly(4, 4);
  }

  @Test
  void aPodThatStopsHandsOverAtOnce() {
    FakePod a = pods.pod("a");
    pods.pod("b");
    pods.pod("c");
    pods.pass(60);
    pods.forgetGaps();
    a.keeper.stop();
    pods.pass(30);
    assertThat(a.holds()).isZero();
    pods.hold(0, 4, 4);
    assertThat(pods.longestGap()).isLessThan(Terms.LOOK.multipliedBy(2));
    assertThat(pods.leases.names()).doesNotContain("postgres-operator-pod-a");
  }

  @Test
  void theLastPodThatStopsLeavesAllToTheNext() {
    FakePod a = pods.pod("a");
    pods.pass(10);
    var stopped = a.keeper.stop();
    pods.pass(2);
    assertThat(stopped.isComplete()).isTrue();
    pods.all.clear();
    FakePod b = pods.pod("b");
    pods.passMillis(100);
    assertThat(b.holds()).isEqualTo(Shards.COUNT);
  }

  @Test
  void whoeverDoesNotGiveWayKeepsItsLeaseUntilItExpires() {
    FakePod a = pods.pod("a");
    pods.pass(10);
    a.giveWayIn(Duration.ofMinutes(10));
    var stopping = a.keeper.stop();
    pods.pass(9);
    assertThat(a.writes(0)).as("what runs may finish what it writes").isTrue();
    pods.pass(2);
    assertThat(a.writes(0)).isFalse();
    assertThat(pods.leases.holder("postgres-operator-shard-0")).isEqualTo("a");
    FakePod b = pods.pod("b");
    pods.pass(30);
    assertThat(b.holds()).isEqualTo(Shards.COUNT);
    assertThat(stopping.isComplete()).isFalse();
  }

  @Test
  void podsThatReachForTheSameAtTheSameTimeShareIt() {
    pods.leases.answerWithin(Duration.ofMillis(500));
    for (String name : List.of("a", "b", "c")) {
      pods.pod(name);
    }
    pods.pass(60);
    pods.hold(3, 3, 2);
  }
}
