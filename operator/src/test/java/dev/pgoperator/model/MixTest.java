package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MixTest {

  @Test
  void textsThatDifferInOneCharacterHaveDifferentHashesWhereverItStands() {
    String text = "registry.example/spilo-17:4.0-p3";
    Set<Long> seen = new HashSet<>(Set.of(Mix.of(text, 0)));
    for (int i = 0; i < text.length(); i++) {
      for (char c = ' '; c < 0x250; c++) {
        if (c != text.charAt(i)) {
          assertThat(seen.add(Mix.of(text.substring(0, i) + c + text.substring(i + 1), 0)))
              .isTrue();
        }
      }
    }
  }

  @Test
  void textsThatJavasOwnHashConfusesAreToldApart() {
    Set<Long> seen = new HashSet<>();
    for (String text : new String[] {"AaAaAa", "BBBBBB", "AaAaBB", "AaBBAa", "AaBBBB", "BBAaAa"}) {
      assertThat(seen.add(Mix.of(text, 0))).isTrue();
    }
  }

  @Test
  void lengthAndOrderCount() {
    assertThat(Mix.of("", 0)).isNotEqualTo(Mix.of("\0", 0)).isNotEqualTo(Mix.of("\0\0\0\0", 0));
    assertThat(Mix.of("abcdefgh", 0)).isNotEqualTo(Mix.of("efghabcd", 0));
    assertThat(Mix.together(1, 2)).isNotEqualTo(Mix.together(2, 1));
  }
}
