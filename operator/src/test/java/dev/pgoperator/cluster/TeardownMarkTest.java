package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeardownMarkTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "blue", "two words", "with \"quotes\""})
  void isReadAsItWasWritten(String controller) {
    var mark = new TeardownMark("a", controller);
    StatefulSet set = Serialization.unmarshal(mark.patch(), StatefulSet.class);
    assertThat(set.getSpec().getReplicas()).isZero();
    assertThat(TeardownMark.on(set)).contains(mark);
    assertThat(mark.origin().controller()).isEqualTo(controller);
    assertThat(TeardownMark.of(mark.origin())).isEqualTo(mark);
  }
}
