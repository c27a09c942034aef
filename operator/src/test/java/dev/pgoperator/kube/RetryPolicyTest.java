package dev.pgoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private final RetryPolicy policy =
      new RetryPolicy(4, Duration.ofMillis(100), Duration.ofMillis(250));

  @ParameterizedTest
  @ValueSource(ints = {0, 408, 409, 429, 500, 503})
  void whatMayPassIsTriedAgain(int status) {
    assertThat(policy.next(1, status)).contains(Duration.ofMillis(100));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 422})
  void whatWouldBeRefusedAgainIsNot(int status) {
    assertThat(policy.next(1, status)).isEmpty();
  }

  @Test
  void pausesDoubleUpToTheCapAndEndWithTheLastAttempt() {
    assertThat(policy.next(2, 503)).contains(Duration.ofMillis(200));
    assertThat(policy.next(3, 503)).contains(Duration.ofMillis(250));
    assertThat(policy.next(4, 503)).isEmpty();
  }
}
