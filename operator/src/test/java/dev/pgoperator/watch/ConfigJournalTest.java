package dev.pgoperator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.config.ConfigNews;
import dev.pgoperator.kube.FakeKube;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every operator pod tells what became of the configuration. */
class ConfigJournalTest {
  private final FakeKube kube = new FakeKube();

  private static ConfigMap options(String version) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("postgres-operator")
        .withUid("u")
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }

  private void told(String time, String version) {
    var news = new ConfigNews(true, "ConfigurationChanged", "in force", List.of());
    new ConfigJournal(kube, () -> Instant.parse(time)).tell(options(version), List.of(news));
  }

  @Test
  void whatSeveralPodsTellOfOneVersionIsOneEvent() {
    told("2026-03-04T12:00:00Z", "7");
    told("2026-03-04T12:00:01Z", "7");
    assertThat(kube.events()).hasSize(1);
    told("2026-03-04T12:10:00Z", "8");
    assertThat(kube.events()).hasSize(2);
  }
}
