package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutdatedPodsTest {

  private static final String POSTGRES = "spec.template.spec.containers[postgres].";
  private static final Difference IMAGE =
      new Difference(POSTGRES + "image", "a", "b", Effect.POD_RECREATION);
  private static final Difference NOTE =
      new Difference("spec.template.metadata.annotations.note", "", "x", Effect.IN_PLACE);

  @Test
  void podsThatDifferInTheSameAreNamedTogether() {
    var pods =
        new OutdatedPods(
            Map.of("c-1", List.of(IMAGE), "c-0", List.of(IMAGE), "c-2", List.of(NOTE)));
    assertThat(pods.text())
        .isEqualTo(
            "c-0, c-1: spec.template.spec.containers[postgres].image: a -> b (the pod has to be"
                + " replaced). c-2: spec.template.metadata.annotations.note: add (taken at the next"
                + " start of the pod)");
  }

  @Test
  void whatWeighsMostComesFirst() {
    assertThat(new OutdatedPods(Map.of("c-0", List.of(NOTE, IMAGE))).text())
        .containsSubsequence("image", "note");
  }

  @Test
  void aReplacementIsNeededUnlessEverythingCanWait() {
    assertThat(new OutdatedPods(Map.of("c-0", List.of(NOTE))).needReplacement()).isFalse();
    assertThat(new OutdatedPods(Map.of("c-0", List.of(NOTE, IMAGE))).needReplacement()).isTrue();
    assertThat(new OutdatedPods(Map.of("c-0", List.of())).needReplacement())
        .as("nobody knows, so the worst is said")
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env[DSN].value",
        "env[DSN]",
        "env[SPILO_CONFIGURATION].value.bootstrap.users.admin.password",
        "args[2]",
        "command[0]",
        "livenessProbe.httpGet.httpHeaders[0].value"
      })
  void valuesThatMayHoldASecretAreNotShown(String field) {
    var difference = new Difference(POSTGRES + field, "hush-1", "hush-2", Effect.POD_RECREATION);
    assertThat(new OutdatedPods(Map.of("c-0", List.of(difference))).text())
        .contains(field + ": change")
        .doesNotContain("hush");
  }

  @Test
  void theVersionIsNoSecret() {
    var difference =
        new Difference(POSTGRES + "env[PGVERSION].value", "16", "17", Effect.POD_RECREATION);
    assertThat(new OutdatedPods(Map.of("c-0", List.of(difference))).text()).contains("16 -> 17");
  }
}
