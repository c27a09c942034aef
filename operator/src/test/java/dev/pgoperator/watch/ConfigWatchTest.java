package dev.pgoperator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.config.ConfigReading;
import dev.pgoperator.config.ConfigState;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.kube.Change;
import dev.pgoperator.kube.FakeKube;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A ConfigMap that is edited while the operator runs. */
class ConfigWatchTest {
  private final FakeKube kube = new FakeKube();
  private final List<Integer> heard = new ArrayList<>();
  private final LiveConfig live =
      new LiveConfig(
          ConfigState.start(read(map("workers", "3"))).state(), () -> heard.add(workers()));
  private final ConfigWatch<ConfigMap> watch =
      new ConfigWatch<>(
          live,
          ConfigWatchTest::read,
          new ConfigJournal(kube, InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"))));

  private static ConfigReading read(ConfigMap map) {
    return OperatorConfigs.fromConfigMap(map.getData());
  }

  private static ConfigMap map(String... keysAndValues) {
    Map<String, String> data = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      data.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("postgres-operator")
        .withUid("u")
        .endMetadata()
        .withData(data)
        .build();
  }

  private int workers() {
    return live.get().operator().pace().workers();
  }

  @Test
  void theFirstListIsWhatWasReadAtTheStart() {
    watch.accept(new Change.Present<>(map("workers", "3")));
    assertThat(heard).isEmpty();
    assertThat(kube.events()).isEmpty();
  }

  @Test
  void aChangeIsInForceBeforeTheBellRingsAndIsToldOnTheObject() {
    watch.accept(new Change.Present<>(map("workers", "5")));
    assertThat(heard).as("what whoever hears the bell reads").containsExactly(5);
    Event event = kube.events().getFirst();
    assertThat(event.getReason()).isEqualTo("ConfigurationChanged");
    assertThat(event.getType()).isEqualTo("Normal");
    assertThat(event.getInvolvedObject().getKind()).isEqualTo("ConfigMap");
    assertThat(event.getInvolvedObject().getName()).isEqualTo("postgres-operator");
    assertThat(event.getMetadata().getNamespace()).isEqualTo("default");
  }

  @Test
  void aBadValueChangesNothingAndIsNamed() {
    watch.accept(new Change.Present<>(map("workers", "9", "enable_sidecars", "perhaps")));
    assertThat(workers()).isEqualTo(3);
    assertThat(heard).isEmpty();
    assertThat(kube.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getReason()).isEqualTo("ConfigurationRefused");
              assertThat(event.getMessage()).contains("enable_sidecars", "true or false");
            });
  }

  @Test
  void anOptionOfTheNextStartRingsNoBell() {
    watch.accept(new Change.Present<>(map("workers", "3", "api_port", "9090")));
    assertThat(heard).as("no cluster has anything to do").isEmpty();
    assertThat(kube.events()).extracting(Event::getReason).containsExactly("RestartNeeded");
  }

  @Test
  void aDeletedObjectLeavesTheLastGoodConfiguration() {
    watch.accept(new Change.Present<>(map("workers", "5")));
    watch.accept(new Change.Gone<>(map("workers", "5")));
    assertThat(workers()).isEqualTo(5);
    assertThat(kube.events().getLast().getReason()).isEqualTo("ConfigurationDeleted");
    watch.accept(new Change.Present<>(map("workers", "6")));
    assertThat(workers()).isEqualTo(6);
  }
}
