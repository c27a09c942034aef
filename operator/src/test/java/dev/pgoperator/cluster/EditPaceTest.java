package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EditPaceTest {

  @Test
  void anEditStopsASyncAtOnceUnlessTheOneBeforeWasStoppedToo() {
    assertThat(EditPace.undisturbed(0)).isZero();
    assertThat(EditPace.undisturbed(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(EditPace.undisturbed(2)).isEqualTo(Duration.ofMillis(200));
    assertThat(EditPace.undisturbed(7)).isEqualTo(Duration.ofMillis(6400));
  }

  @Test
  void theTimeGrowsToTheLongestThatASyncMayTakeAndNoFurther() {
    assertThat(EditPace.undisturbed(14)).isEqualTo(Duration.ofMinutes(10));
    assertThat(EditPace.undisturbed(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(10));
  }
}
