package dev.pgoperator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods that die, freeze, or do not reach the server. */
class TakeOverTest {
  /** From the end of one pod to the moment when another has taken over what it held. */
  private static final Duration TAKE_OVER =
      Terms.LEASE.plus(Terms.RENEWAL).plus(Terms.RENEWAL.dividedBy(10));

  private final Pods pods = new Pods();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void whatADeadPodHeldIsTakenOverInTime(int moment) {
    pods.pod("a");
    pods.pod("b");
    FakePod c = pods.pod("c");
    pods.pass(60);
    pods.passMillis(700L * moment);
    pods.forgetGaps();
    pods.dies(c);
    pods.pass(60);
    pods.hold(4, 4);
    assertThat(pods.longestGap()).isBetween(Duration.ofSeconds(9), TAKE_OVER);
  }

  @Test
  void aContainerThatIsStartedAnewInItsPodTakesItsOwnBackAtOnce() {
    FakePod a = pods.pod("a");
    FakePod b = pods.pod("b");
    pods.pass(30);
    pods.dies(a);
    pods.pass(1);
    FakePod again = pods.starting("a", "a, the second");
    pods.passMillis(100);
    assertThat(again.holds()).isEqualTo(4);
    pods.pass(60);
    assertThat(List.of(again.holds(), b.holds())).containsExactly(4, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 11, 15, 16, 20, 60, 600})
  void aPodThatWasFrozenWritesNothingThatAnotherWrites(int seconds) {
    FakePod a = pods.pod("a");
    pods.pod("b");
    pods.pod("c");
    pods.pass(30);
    for (int round = 0; round < 5; round++) {
      a.freeze();
      pods.pass(seconds);
      a.wake(); // checked before it has done anything, and after each thing it does
      pods.pass(40);
      pods.passMillis(pods.chance.nextInt(5000));
    }
    pods.hold(3, 3, 2);
  }

  @Test
  void aSlowServerCostsNoLease() {
    pods.pod("a");
    pods.pod("b");
    pods.pass(30);
    pods.leases.answerWithin(Duration.ofSeconds(2));
    pods.pass(600);
    assertThat(pods.lost()).isZero();
  }

  @Test
  void aServerThatIsAwayForAMomentCostsNoLease() {
    pods.pod("a");
    pods.pod("b");
    pods.pass(30);
    for (int i = 0; i < 20; i++) {
      pods.leases.refuse(request -> true);
      pods.passMillis(3500);
      pods.leases.refuse(request -> false);
      pods.pass(20);
    }
    assertThat(pods.lost()).isZero();
  }

  @Test
  void withoutAServerNobodyWritesAndAfterItEverybodyDoes() {
    pods.pod("a");
    pods.pod("b");
    pods.pass(30);
    pods.leases.refuse(request -> true);
    pods.pass(11);
    assertThat(pods.all).allMatch(pod -> pod.holds() == 0);
    pods.pass(300);
    pods.leases.refuse(request -> false);
    pods.pass(30);
    assertThat(pods.all).allMatch(pod -> pod.holds() == 4);
  }

  @Test
  void whoCannotReachTheServerLosesItsShardsToThoseWhoCan() {
    FakePod a = pods.pod("a");
    FakePod b = pods.pod("b");
    pods.pass(30);
    pods.forgetGaps();
    pods.leases.refuse(request -> request.endsWith("by a"));
    pods.pass(60);
    assertThat(List.of(a.holds(), b.holds())).containsExactly(0, 8);
    assertThat(pods.longestGap()).isLessThan(TAKE_OVER);
    pods.leases.refuse(request -> false);
    pods.pass(60);
    assertThat(List.of(a.holds(), b.holds())).containsExactly(4, 4);
  }

  /** The worst that can be thought of, for an hour; only the check after each step counts. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverHappensNoTwoWriteForOneShard(int seed) {
    Random fate = new Random(seed);
    for (String name : List.of("a", "b", "c")) {
      pods.pod(name).giveWayIn(Duration.ofMillis(fate.nextInt(15_000)));
    }
    for (int minute = 0; minute < 60; minute++) {
      pods.leases.answerWithin(Duration.ofMillis(fate.nextInt(6000)));
      pods.leases.loseAnswers(fate.nextInt(4));
      FakePod one = pods.all.get(fate.nextInt(pods.all.size()));
      String unlucky = one.name;
      pods.leases.refuse(request -> request.endsWith(unlucky) && fate.nextInt(3) == 0);
      switch (fate.nextInt(5)) {
        case 0 -> {
          one.freeze();
          pods.passMillis(fate.nextInt(40_000));
          one.wake();
        }
        case 1 -> pods.leases.touch("postgres-operator-shard-" + fate.nextInt(Shards.COUNT));
        case 2 -> {
          pods.dies(one);
          pods.pod("pod-" + minute);
        }
        case 3 -> {
          one.keeper.stop();
          pods.pass(40);
          pods.all.remove(one);
          pods.pod("pod-" + minute);
        }
        default -> pods.leases.delete("postgres-operator-shard-" + fate.nextInt(Shards.COUNT));
      }
      pods.passMillis(fate.nextInt(60_000));
    }
    pods.leases.answerWithin(Duration.ofMillis(20));
    pods.leases.loseAnswers(0);
    pods.leases.refuse(request -> false);
    pods.all.forEach(pod -> pod.giveWayIn(Duration.ZERO));
    pods.pass(120);
    pods.hold(3, 3, 2);
  }

  @Test
  void theNamesOfPodsThatAreLongGoneAreClearedAway() {
    pods.pod("a");
    FakePod b = pods.pod("b");
    pods.pass(30);
    pods.dies(b);
    pods.pass(400);
    assertThat(pods.leases.names())
        .contains("postgres-operator-pod-a")
        .doesNotContain("postgres-operator-pod-b");
  }
}
