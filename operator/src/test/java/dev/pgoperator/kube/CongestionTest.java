package dev.pgoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CongestionTest {
  private static final Duration QUICK = Duration.ofMillis(5);
  private static final Duration TOO_LONG = Duration.ofSeconds(2);

  private static Duration at(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void throttlingHalvesItAndOneWaveOfRefusalsCountsOnce() {
    Congestion now = Congestion.none();
    for (int request = 0; request < 64; request++) {
      now = now.after(429, at(100), QUICK);
    }
    assertThat(now.places()).isEqualTo(32);
    assertThat(now.after(429, at(106), QUICK).places()).isEqualTo(16);
  }

  @Test
  void serverErrorsAndSilenceCountAsThrottlingAndRefusalsDoNot() {
    assertThat(Congestion.none().after(503, at(1), QUICK).places()).isEqualTo(32);
    assertThat(Congestion.none().after(0, at(1), QUICK).places()).isEqualTo(32);
    assertThat(Congestion.none().after(409, at(1), QUICK).places()).isEqualTo(64);
    assertThat(Congestion.none().after(404, at(1), QUICK).places()).isEqualTo(64);
  }

  @Test
  void slownessTakesATenth() {
    assertThat(Congestion.none().after(200, at(1), TOO_LONG).places()).isEqualTo(57);
  }

  @Test
  void itNeverEndsAndComesBackWithGoodAnswers() {
    Congestion now = Congestion.none();
    for (int second = 1; second < 100; second++) {
      now = now.after(429, at(second * 1000L), QUICK);
    }
    assertThat(now.places()).isEqualTo(Congestion.FEWEST);
    int answers = 0;
    for (; now.places() < Congestion.MOST; answers++) {
      now = now.after(200, at(200_000), QUICK);
    }
    assertThat(answers).as("a few seconds of work").isLessThan(3000);
    assertThat(now.after(200, at(200_001), QUICK).places()).isEqualTo(Congestion.MOST);
  }
}
