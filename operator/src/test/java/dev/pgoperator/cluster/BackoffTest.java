package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void pausesDoubleUpToFiveMinutes() {
    assertThat(Backoff.after(1, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Backoff.after(2, 0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Backoff.after(8, 0)).isEqualTo(Duration.ofSeconds(128));
    assertThat(Backoff.after(9, 0)).isEqualTo(Duration.ofSeconds(256));
    assertThat(Backoff.after(10, 0)).isEqualTo(Duration.ofMinutes(5));
    assertThat(Backoff.after(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void clustersComeBackAtDifferentMoments() {
    assertThat(Backoff.after(1, 99)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1250));
    assertThat(Backoff.after(1, 99)).isNotEqualTo(Backoff.after(1, 7));
    assertThat(Backoff.after(1, Integer.MIN_VALUE)).isPositive();
  }
}
