package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.model.Instance.State;
import dev.pgoperator.model.ServerRestart.Next;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose PostgreSQL is restarted next. */
class ServerRestartTest {

  private static Next next(boolean primaryFirst, Set<String> pending, State... states) {
    List<Instance> instances =
        java.util.stream.IntStream.range(0, states.length)
            .mapToObj(i -> new Instance("c-" + i, states[i], false))
            .toList();
    return new ServerRestart(instances, pending, primaryFirst).next();
  }

  @Test
  void replicasComeBeforeThePrimaryUnlessALimitGetsSmaller() {
    Set<String> all = Set.of("c-0", "c-1");
    assertThat(next(false, all, State.LEADING, State.STREAMING))
        .isEqualTo(new Next.Restart("c-1", false));
    assertThat(next(true, all, State.LEADING, State.STREAMING))
        .isEqualTo(new Next.Restart("c-0", true));
  }

  @Test
  void theSecondComesWhenTheFirstIsDone() {
    assertThat(next(false, Set.of("c-0"), State.LEADING, State.STREAMING))
        .isEqualTo(new Next.Restart("c-0", true));
    assertThat(next(true, Set.of("c-1"), State.LEADING, State.STREAMING))
        .isEqualTo(new Next.Restart("c-1", false));
  }

  @Test
  void nobodyIsRestartedWhileSomebodyElseDoesNotWork() {
    for (State state : List.of(State.LEAVING, State.BROKEN, State.STARTING, State.COPYING)) {
      assertThat(next(false, Set.of("c-0", "c-1"), State.LEADING, state, State.STREAMING))
          .as(state.toString())
          .isInstanceOf(Next.Await.class);
      assertThat(next(false, Set.of("c-0", "c-2"), State.LEADING, state, State.STREAMING))
          .as(state.toString())
          .isInstanceOf(Next.Await.class);
    }
  }

  @Test
  void aReplicaThatLagsMayBeTheOneToRestart() {
    assertThat(next(false, Set.of("c-1"), State.LEADING, State.BEHIND))
        .isEqualTo(new Next.Restart("c-1", false));
    assertThat(next(false, Set.of("c-0"), State.LEADING, State.BEHIND))
        .isInstanceOf(Next.Await.class);
  }

  @Test
  void aSmallerLimitReachesAReplicaOnlyWhenItStreamsFromTheRestartedPrimary() {
    assertThat(next(true, Set.of("c-1"), State.LEADING, State.BEHIND))
        .isInstanceOf(Next.Await.class);
    assertThat(next(true, Set.of("c-1"), State.LEADING, State.STREAMING))
        .isEqualTo(new Next.Restart("c-1", false));
  }

  @Test
  void withoutALeaderOrAnybodyWhoWaitsNothingHappens() {
    assertThat(next(false, Set.of("c-0"), State.STREAMING)).isInstanceOf(Next.Await.class);
    assertThat(next(false, Set.of(), State.LEADING)).isEqualTo(new Next.Nothing());
  }
}
