package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.model.Evacuation.Next;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a primary leaves a node. */
class EvacuationTest {
  private static final Successor NOBODY = new Successor.Nobody("nobody");

  @Test
  void handsOverToAPodOnAnotherNode() {
    assertThat(
            new Evacuation("c-0", new Successor.Found("c-1"), false, Optional.of("c-2"), true)
                .next())
        .isEqualTo(new Next.HandOver("c-1"));
  }

  @Test
  void makesAReplicaAnewFirstWhenAllAreOnSuchNodes() {
    assertThat(new Evacuation("c-0", NOBODY, false, Optional.of("c-1"), true).next())
        .isEqualTo(new Next.Replace("c-1"));
  }

  @Test
  void theOnlyPodIsMadeAnewElsewhere() {
    assertThat(new Evacuation("c-0", NOBODY, true, Optional.empty(), true).next())
        .isEqualTo(new Next.Replace("c-0"));
  }

  @Test
  void staysWhereThereIsNoOtherNode() {
    assertThat(new Evacuation("c-0", NOBODY, true, Optional.empty(), false).next())
        .isInstanceOf(Next.Stuck.class);
    assertThat(new Evacuation("c-0", NOBODY, false, Optional.empty(), true).next())
        .isInstanceOf(Next.Stuck.class);
  }
}
