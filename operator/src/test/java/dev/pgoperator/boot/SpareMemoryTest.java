package dev.pgoperator.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When memory is given back. */
class SpareMemoryTest {
  private static final long MIB = 1L << 20;

  @Test
  void aSmallHeapIsLeftAlone() {
    assertThat(SpareMemory.isMostlyGarbage(32 * MIB, 0)).isFalse();
  }

  @Test
  void aHeapThatGrewDuringTheStartIsCollectedOnce() {
    assertThat(SpareMemory.isMostlyGarbage(300 * MIB, 0)).isTrue();
    assertThat(SpareMemory.isMostlyGarbage(86 * MIB, 60 * MIB)).isFalse();
  }

  @Test
  void aLargeFleetIsNotStoppedForLittle() {
    assertThat(SpareMemory.isMostlyGarbage(300 * MIB, 200 * MIB)).isFalse();
    assertThat(SpareMemory.isMostlyGarbage(500 * MIB, 200 * MIB)).isTrue();
  }
}
