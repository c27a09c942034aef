package dev.pgoperator.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PermitsTest {
  private final List<String> order = new ArrayList<>();
  private final List<Permits.Permit> held = new ArrayList<>();

  private Permits.Ticket queue(Permits permits, Lane lane, String group, String name) {
    Permits.Ticket ticket = permits.acquire(new Claim(lane, group));
    ticket
        .granted()
        .onSuccess(
            permit -> {
              order.add(name);
              held.add(permit);
            });
    return ticket;
  }

  private void resume(Permits permits, Lane lane, String group, String name) {
    permits
        .resume(new Claim(lane, group))
        .granted()
        .onSuccess(
            permit -> {
              order.add(name);
              held.add(permit);
            });
  }

  private void releaseAllOneByOne() {
    while (!held.isEmpty()) {
      held.removeFirst().release();
    }
  }

  @Test
  void aNamespaceWithManyWaitingDoesNotHoldUpOneWithASingle() {
    var permits = new Permits(1);
    queue(permits, Lane.EVENT, "busy", "running");
    for (int i = 0; i < 900; i++) {
      queue(permits, Lane.EVENT, "busy", "busy-" + i);
    }
    queue(permits, Lane.EVENT, "quiet", "quiet-0");

    releaseAllOneByOne();

    assertThat(order).hasSize(902);
    assertThat(order.indexOf("quiet-0")).isLessThanOrEqualTo(2);
    assertThat(order.stream().filter(name -> name.startsWith("busy-")).toList())
        .as("within a namespace the first to come goes first")
        .startsWith("busy-0", "busy-1", "busy-2");
  }

  @Test
  void editsGoFirstThenEventsThenNewClustersThenPeriodicWork() {
    var permits = new Permits(1);
    queue(permits, Lane.EVENT, "a", "running");
    queue(permits, Lane.PERIODIC, "a", "periodic");
    queue(permits, Lane.CREATION, "a", "creation");
    queue(permits, Lane.EVENT, "a", "event");
    queue(permits, Lane.PERSON, "a", "person");

    releaseAllOneByOne();

    assertThat(order).containsExactly("running", "person", "event", "creation", "periodic");
  }

  @Test
  void aFloodOfPersonsDoesNotStarvePeriodicWork() {
    var permits = new Permits(1);
    queue(permits, Lane.PERSON, "a", "running");
    queue(permits, Lane.PERIODIC, "a", "periodic");
    for (int i = 0; i < 100; i++) {
      queue(permits, Lane.PERSON, "a", "person-" + i);
    }

    releaseAllOneByOne();

    assertThat(order.indexOf("periodic")).isLessThan(9);
  }

  @Test
  void aFloodOfEventsStarvesNeitherNewClustersNorPeriodicWork() {
    var permits = new Permits(1);
    queue(permits, Lane.EVENT, "a", "running");
    for (int i = 0; i < 10; i++) {
      queue(permits, Lane.CREATION, "a", "creation-" + i);
      queue(permits, Lane.PERIODIC, "a", "periodic-" + i);
    }
    for (int i = 0; i < 500; i++) {
      queue(permits, Lane.EVENT, "a", "event-" + i);
    }

    releaseAllOneByOne();

    assertThat(order.indexOf("creation-0")).isLessThan(25);
    assertThat(order.indexOf("periodic-0")).isLessThan(25);
    assertThat(order.indexOf("creation-9")).isLessThan(250);
    assertThat(order.indexOf("periodic-9")).isLessThan(250);
  }

  @Test
  void whatWasBegunIsEndedBeforeMoreIsBegunButNotBeforeWhatIsMoreUrgent() {
    var permits = new Permits(1);
    queue(permits, Lane.EVENT, "a", "running");
    queue(permits, Lane.EVENT, "a", "new");
    queue(permits, Lane.PERSON, "a", "person");
    resume(permits, Lane.EVENT, "a", "begun before");
    resume(permits, Lane.EVENT, "b", "of another namespace");

    releaseAllOneByOne();

    assertThat(order)
        .containsExactly("running", "person", "begun before", "of another namespace", "new");
  }

  @Test
  void aPlaceCanBeTakenOnlyIfItIsFree() {
    var permits = new Permits(1);
    Permits.Permit taken = permits.ifFree().orElseThrow();
    assertThat(permits.ifFree()).isEmpty();
    queue(permits, Lane.EVENT, "a", "waiting");
    taken.release();
    assertThat(order).containsExactly("waiting");
    assertThat(permits.ifFree()).as("somebody waited for it").isEmpty();
  }

  @Test
  void aFifthOfThePlacesIsForPersons() {
    var permits = new Permits(10);
    for (int i = 0; i < 20; i++) {
      queue(permits, Lane.PERIODIC, "a", "periodic-" + i);
    }
    assertThat(order).hasSize(8);

    queue(permits, Lane.PERSON, "a", "person");

    assertThat(order).last().isEqualTo("person");
    assertThat(permits.free()).isEqualTo(1);
  }

  @Test
  void whoWaitsCanBeMadeToHurry() {
    var permits = new Permits(1);
    queue(permits, Lane.EVENT, "a", "running");
    queue(permits, Lane.EVENT, "a", "first");
    Permits.Ticket edited = queue(permits, Lane.PERIODIC, "a", "edited");

    edited.hurry(Lane.PERSON);
    releaseAllOneByOne();

    assertThat(order).containsExactly("running", "edited", "first");
  }

  @Test
  void aPlaceThatNobodyWantsAnyMoreIsNotLost() {
    var permits = new Permits(1);
    Permits.Ticket holder = permits.acquire(Claim.NOBODY);
    Permits.Ticket waiting = permits.acquire(Claim.NOBODY);

    waiting.withdraw();
    assertThat(permits.waiting()).isZero();
    holder.withdraw();
    assertThat(permits.free()).isEqualTo(1);
    Objects.requireNonNull(holder.granted().result()).release();
    assertThat(permits.free()).as("a place is given back once").isEqualTo(1);
  }

  @Test
  void fewerPlacesAreTakenAsTheyComeBackAndMoreAreGivenAtOnce() {
    var permits = new Permits(4);
    for (int i = 0; i < 8; i++) {
      queue(permits, Lane.PERSON, "a", "p" + i);
    }
    permits.resize(2);
    held.removeFirst().release();
    held.removeFirst().release();
    assertThat(order).hasSize(4);

    permits.resize(6);
    assertThat(order).hasSize(8);
  }
}
