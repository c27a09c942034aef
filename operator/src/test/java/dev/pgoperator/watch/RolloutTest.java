package dev.pgoperator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.Trigger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutTest {
  private static final Trigger CHANGED = new Trigger.ConfigChanged("the configuration");

  private final Set<ClusterId> known = new HashSet<>();
  private final List<String> told = new ArrayList<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final Rollout rollout =
      new Rollout(
          () -> Set.copyOf(known),
          (id, trigger) -> told.add(id.toString()),
          (pause, action) -> later.add(action));

  private void clusters(String namespace, int count) {
    for (int i = 0; i < count; i++) {
      known.add(new ClusterId(namespace, "c" + i));
    }
  }

  private void pass() {
    later.pop().run();
  }

  @Test
  void aFewAreToldAtOnceAndTheOthersWithPausesBetween() {
    clusters("shop", 60);
    rollout.tell(id -> true, CHANGED);
    assertThat(told).hasSize(Rollout.AT_ONCE);
    pass();
    assertThat(told).hasSize(2 * Rollout.AT_ONCE);
    pass();
    pass();
    assertThat(told).hasSize(60).doesNotHaveDuplicates();
    assertThat(later).as("nothing runs on").isEmpty();
  }

  @Test
  void aClusterThatWaitsIsToldOnceAndOneThatWasToldIsToldAgain() {
    clusters("shop", 30);
    rollout.tell(id -> true, CHANGED);
    List<String> first = List.copyOf(told);
    rollout.tell(id -> true, CHANGED);
    assertThat(told).as("it is not their turn").isEqualTo(first);
    while (!later.isEmpty()) {
      pass();
    }
    assertThat(told).hasSize(30 + first.size()).endsWith(first.getLast());
  }

  @Test
  void onlyThoseAreToldWhomItConcerns() {
    clusters("shop", 2);
    clusters("bank", 2);
    rollout.tell(id -> id.namespace().equals("bank"), CHANGED);
    assertThat(told).containsExactly("bank/c0", "bank/c1");
  }

  @Test
  void theNextChangeAfterAPauseIsToldAtOnce() {
    clusters("shop", 1);
    rollout.tell(id -> true, CHANGED);
    pass();
    rollout.tell(id -> true, CHANGED);
    assertThat(told).hasSize(2);
  }

  @Test
  void anOperatorWithoutClustersTellsNobody() {
    rollout.tell(id -> true, CHANGED);
    assertThat(told).isEmpty();
    assertThat(later).isEmpty();
  }
}
