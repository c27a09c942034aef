package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.model.Instance.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pod goes next, and when none may. */
class RollingUpdateTest {

  private static Instance old(int ordinal, State state) {
    return new Instance("c-" + ordinal, state, true);
  }

  private static Instance fresh(int ordinal, State state) {
    return new Instance("c-" + ordinal, state, false);
  }

  private static Roll next(int wanted, Instance... instances) {
    return next(wanted, new Successor.Found("c-1"), instances);
  }

  private static Roll next(int wanted, Successor successor, Instance... instances) {
    return new RollingUpdate("c", wanted, List.of(instances), successor, false).next();
  }

  @Test
  void nothingIsDoneWhenNoPodIsOld() {
    assertThat(next(2, fresh(0, State.LEADING), fresh(1, State.BROKEN)))
        .isEqualTo(new Roll.Nothing());
  }

  @Test
  void replicasGoBeforeThePrimary() {
    assertThat(next(3, old(0, State.LEADING), old(1, State.STREAMING), old(2, State.STREAMING)))
        .isEqualTo(new Roll.Replace("c-1", true));
  }

  @Test
  void thePrimaryHandsOverWhenOnlyItIsOld() {
    assertThat(next(2, old(0, State.LEADING), fresh(1, State.STREAMING)))
        .isEqualTo(new Roll.HandOver("c-0", "c-1"));
  }

  @Test
  void withoutASuccessorThePrimaryStays() {
    assertThat(
            next(
                2,
                new Successor.Nobody("tagged never to lead"),
                old(0, State.LEADING),
                fresh(1, State.STREAMING)))
        .isEqualTo(new Roll.Stuck("nobody can take over: tagged never to lead"));
  }

  @Test
  void theFormerPrimaryIsAReplicaLikeAnyOther() {
    assertThat(next(2, old(0, State.STREAMING), fresh(1, State.LEADING)))
        .isEqualTo(new Roll.Replace("c-0", true));
  }

  @Test
  void aSinglePodIsReplacedWithoutASwitchover() {
    assertThat(next(1, old(0, State.LEADING))).isEqualTo(new Roll.Replace("c-0", true));
  }

  @Test
  void aPodThatDoesNotRunGoesFirstAndDisturbsNobody() {
    Roll roll = next(3, old(0, State.LEADING), old(1, State.STREAMING), old(2, State.BROKEN));
    assertThat(roll).isEqualTo(new Roll.Replace("c-2", false));
    assertThat(roll.interrupts()).isFalse();
  }

  @Test
  void aPodThatRunsAndDoesNotWorkGoesBeforeThoseThatDo() {
    assertThat(next(3, old(0, State.LEADING), old(1, State.STREAMING), old(2, State.STARTING)))
        .isEqualTo(new Roll.Replace("c-2", false));
  }

  @Test
  void everythingWaitsForAPodThatIsOnItsWayOut() {
    assertThat(next(3, old(0, State.LEADING), old(1, State.LEAVING), old(2, State.BROKEN)))
        .isInstanceOf(Roll.Await.class);
  }

  @Test
  void everythingWaitsForAPodThatIsBeingMade() {
    assertThat(next(3, old(0, State.LEADING), old(2, State.STREAMING)))
        .isEqualTo(new Roll.Await("c-1 is being made"));
  }

  @Test
  void aNewPodThatDoesNotComeBackWellStopsEverything() {
    for (State state : List.of(State.STARTING, State.COPYING, State.BEHIND)) {
      assertThat(next(3, old(0, State.LEADING), fresh(1, state), old(2, State.STREAMING)))
          .isInstanceOf(Roll.Await.class);
    }
    assertThat(next(3, old(0, State.LEADING), fresh(1, State.BROKEN), old(2, State.STREAMING)))
        .isEqualTo(new Roll.Stuck("c-1 does not run"));
  }

  @Test
  void withoutALeaderAnOldPodThatDoesNotWorkIsNotKeptWaiting() {
    assertThat(next(2, old(0, State.STARTING), fresh(1, State.STARTING)))
        .as("the new pod may be waiting for the old one's data")
        .isEqualTo(new Roll.Replace("c-0", false));
  }

  @Test
  void withoutALeaderPodsThatWorkAreLeftAlone() {
    assertThat(next(2, old(0, State.STREAMING), old(1, State.STREAMING)))
        .isEqualTo(new Roll.Await("no pod leads the cluster"));
  }

  @Test
  void nothingIsReplacedWhileFailoverIsPaused() {
    var paused =
        new RollingUpdate(
            "c",
            2,
            List.of(old(0, State.LEADING), old(1, State.STREAMING)),
            new Successor.Found("c-1"),
            true);
    assertThat(paused.next()).isInstanceOf(Roll.Stuck.class);
  }

  /**
   * All that can be seen of two and three pods, each old or new: never is a working pod taken away
   * while another one does not work, and never the one that leads when there is anybody else.
   */
  @Test
  void inNoSituationAreTwoPodsDownAtOnce() {
    for (int count = 2; count <= 3; count++) {
      for (List<Instance> situation : situations(count)) {
        Roll roll = next(count, situation.toArray(Instance[]::new));
        if (roll instanceof Roll.Replace(var name, var serves) && serves) {
          assertThat(situation).as(roll + " in " + situation).allMatch(one -> one.state().works());
          assertThat(state(situation, name)).as("in " + situation).isEqualTo(State.STREAMING);
        }
        if (roll instanceof Roll.HandOver(var leader, var _)) {
          assertThat(state(situation, leader)).isEqualTo(State.LEADING);
          assertThat(situation).allMatch(one -> one.state().works());
        }
        if (roll instanceof Roll.Replace(var name, var serves) && !serves) {
          assertThat(state(situation, name).works()).as(roll + " in " + situation).isFalse();
        }
      }
    }
  }

  private static State state(List<Instance> situation, String name) {
    return situation.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private static List<List<Instance>> situations(int count) {
    List<List<Instance>> all = List.of(List.of());
    for (int ordinal = 0; ordinal < count; ordinal++) {
      List<List<Instance>> longer = new ArrayList<>();
      for (List<Instance> begun : all) {
        for (State state : State.values()) {
          boolean second =
              state == State.LEADING && begun.stream().anyMatch(one -> one.state() == state);
          for (boolean old : second ? new boolean[] {} : new boolean[] {true, false}) {
            List<Instance> one = new ArrayList<>(begun);
            one.add(new Instance("c-" + ordinal, state, old));
            longer.add(one);
          }
        }
      }
      all = longer;
    }
    return all;
  }

  /**
   * A cluster that does what it is told, watched and ordered by an operator that remembers nothing
   * between two looks, so that every look is that of one that has just been started.
   */
  @Test
  void fromEveryLeaderAndEverySetOfOldPodsItComesToAnEnd() {
    for (int count = 1; count <= 4; count++) {
      for (int leader = 0; leader < count; leader++) {
        for (int oldOnes = 1; oldOnes < 1 << count; oldOnes++) {
          new Simulation(count, leader, oldOnes).run();
        }
      }
    }
  }

  private static final class Simulation {
    private final List<Instance> pods = new ArrayList<>();
    private final int handOversAllowed;
    private final Map<String, Integer> replaced = new java.util.TreeMap<>();
    private int handOvers;

    Simulation(int count, int leader, int oldOnes) {
      for (int ordinal = 0; ordinal < count; ordinal++) {
        pods.add(
            new Instance(
                "c-" + ordinal,
                ordinal == leader ? State.LEADING : State.STREAMING,
                (oldOnes & 1 << ordinal) != 0));
      }
      handOversAllowed = count > 1 && (oldOnes & 1 << leader) != 0 ? 1 : 0;
    }

    void run() {
      List<Instance> atFirst = List.copyOf(pods);
      for (int look = 0; look < 100; look++) {
        switch (new RollingUpdate("c", atFirst.size(), pods, successor(), false).next()) {
          case Roll.Nothing() -> {
            assertThat(handOvers).as(atFirst.toString()).isEqualTo(handOversAllowed);
            assertThat(replaced.keySet())
                .containsExactlyInAnyOrderElementsOf(
                    atFirst.stream().filter(Instance::old).map(Instance::name).toList());
            assertThat(replaced.values()).containsOnly(1);
            return;
          }
          case Roll.Replace(var name, var _) -> {
            replaced.merge(name, 1, Integer::sum);
            become(name, State.LEAVING, true);
          }
          case Roll.HandOver(var leader, var successor) -> {
            handOvers++;
            become(leader, State.STREAMING, true);
            become(successor, State.LEADING, false);
          }
          case Roll.Await _ -> timePasses();
          case Roll.Stuck(var why) -> throw new AssertionError(why + " in " + pods);
        }
      }
      throw new AssertionError("no end: " + atFirst);
    }

    private Successor successor() {
      return pods.stream()
          .filter(one -> !one.old() && one.state() == State.STREAMING)
          .findFirst()
          .<Successor>map(one -> new Successor.Found(one.name()))
          .orElseGet(() -> new Successor.Nobody("nobody"));
    }

    private void become(String name, State state, boolean old) {
      pods.replaceAll(one -> one.name().equals(name) ? new Instance(name, state, old) : one);
    }

    /** A pod that leaves goes, one that is gone is made anew, one that starts works. */
    private void timePasses() {
      List<Instance> now = List.copyOf(pods);
      boolean alone = now.size() == 1;
      for (Instance one : now) {
        switch (one.state()) {
          case LEAVING -> become(one.name(), State.STARTING, false);
          case STARTING -> become(one.name(), alone ? State.LEADING : State.STREAMING, one.old());
          case BROKEN, COPYING, BEHIND, STREAMING, LEADING -> {}
        }
      }
    }
  }
}
