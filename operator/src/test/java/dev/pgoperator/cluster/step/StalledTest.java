package dev.pgoperator.cluster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StalledTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Stalled FIRST = new Stalled("orders-1", NOON);
  private static final Stalled TENTH = new Stalled("orders-10", NOON.plusSeconds(60));

  private static ClusterStatus saying(String message) {
    var complete = new ConditionBuilder().withType("Complete").withMessage(message).build();
    return new ClusterStatus("Running", 1, List.of(new Condition(), complete));
  }

  @Test
  void isFoundAmongAllThatAStatusSaysIsMissing() {
    var status = saying("no room; " + TENTH.text() + "; " + FIRST.text() + "; no such kind");
    assertThat(Stalled.told(status, "orders-1")).contains(FIRST);
    assertThat(Stalled.told(status, "orders-10")).contains(TENTH);
    assertThat(Stalled.told(status, "orders-2")).isEmpty();
  }

  @Test
  void isToldToTheSecond() {
    var between = new Stalled("orders-1", NOON.plusMillis(700));
    assertThat(Stalled.told(saying(between.text()), "orders-1")).contains(FIRST);
  }

  @Test
  void isNotToldByAStatusThatNamesNoTime() {
    String text = FIRST.text().replace(NOON.toString(), "breakfast");
    assertThat(Stalled.told(saying(text), "orders-1")).isEmpty();
    assertThat(Stalled.told(ClusterStatus.NONE, "orders-1")).isEmpty();
  }
}
