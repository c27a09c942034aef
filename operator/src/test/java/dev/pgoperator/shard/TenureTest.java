package dev.pgoperator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TenureTest {
  private Duration now = Duration.ofSeconds(100);
  private final Tenure tenure = new Tenure(3, () -> now, Duration.ofSeconds(110));

  @Test
  void itEndsByItself() {
    now = Duration.ofMillis(109_999);
    assertThat(tenure.enter()).isTrue();
    now = Duration.ofSeconds(110);
    assertThat(tenure.enter()).isFalse();
    assertThat(tenure.lasts()).isFalse();
  }

  @Test
  void aRenewalThatComesTooLateDoesNotBringItBack() {
    assertThat(tenure.extend(Duration.ofSeconds(115))).isTrue();
    now = Duration.ofSeconds(115);
    assertThat(tenure.extend(Duration.ofSeconds(125))).isFalse();
    assertThat(tenure.open()).isFalse();
  }

  @Test
  void anOlderRenewalDoesNotShortenIt() {
    tenure.extend(Duration.ofMinutes(2));
    tenure.extend(Duration.ofSeconds(112));
    now = Duration.ofSeconds(119);
    assertThat(tenure.open()).isTrue();
  }

  @Test
  void whoLeavesMayFinishItsWritesAndBeginsNothing() {
    tenure.prepareToLeave();
    assertThat(tenure.lasts()).isFalse();
    assertThat(tenure.enter()).isTrue();
    assertThat(tenure.quiet()).isFalse();
    tenure.leave();
    assertThat(tenure.quiet()).isTrue();
  }

  @Test
  void anEndedOneLetsNothingThrough() {
    tenure.end();
    assertThat(tenure.enter()).isFalse();
    assertThat(tenure.quiet()).isTrue();
  }
}
