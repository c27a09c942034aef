package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Manifests with names of an earlier version. */
class DeprecatedFieldsTest {
  private static final String OLD = "  pod_priority_class_name: high\n";

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private List<Event> told() {
    return world.kube.events().stream()
        .filter(event -> event.getReason().equals("Deprecated"))
        .toList();
  }

  @Test
  void theStatusNamesThemWithTheirSuccessors() {
    world.sync(Manifests.with(1, OLD));
    var condition = world.kube.condition("Deprecated");
    assertThat(condition.getStatus()).isEqualTo("True");
    assertThat(condition.getReason()).isEqualTo("DeprecatedFields");
    assertThat(condition.getMessage())
        .isEqualTo("spec.pod_priority_class_name is deprecated, use spec.podPriorityClassName");
  }

  @Test
  void anEventIsWrittenOnceForEachFormOfTheManifest() {
    world.sync(Manifests.with(1, OLD));
    world.retry();
    world.sync(Manifests.with(1, OLD));
    assertThat(told()).hasSize(1);
    world.sync(Manifests.with(2, OLD));
    assertThat(told()).hasSize(2);
  }

  @Test
  void theConditionGoesWhenNoneIsUsedAnyMore() {
    world.sync(Manifests.with(1, OLD));
    world.sync(Manifests.with(2, "  podPriorityClassName: high\n"));
    assertThatThrownBy(() -> world.kube.condition("Deprecated"))
        .isInstanceOf(NoSuchElementException.class);
  }
}
