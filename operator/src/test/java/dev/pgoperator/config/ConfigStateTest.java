package dev.pgoperator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a configuration that changes while the operator runs. */
class ConfigStateTest {

  private static ConfigReading read(String... keysAndValues) {
    Map<String, String> data = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      data.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return OperatorConfigs.fromConfigMap(data);
  }

  private static ConfigState running(String... keysAndValues) {
    return ConfigState.start(read(keysAndValues)).state();
  }

  private static List<String> texts(ConfigState.Next next) {
    return next.news().stream().map(news -> news.reason() + ": " + news.text()).toList();
  }

  private static int workers(ConfigState.Next next) {
    return next.state().inForce().operator().pace().workers();
  }

  @Test
  void aChangeTakesEffect() {
    var next = running("workers", "3").arrived(read("workers", "4"));
    assertThat(workers(next)).isEqualTo(4);
    assertThat(texts(next))
        .containsExactly("ConfigurationChanged: the changed configuration is in force");
  }

  @Test
  void whatIsReadAgainIsNoNews() {
    var next =
        running("workers", "3", "novelty", "x").arrived(read("workers", "3", "novelty", "x"));
    assertThat(next.news()).isEmpty();
  }

  @Test
  void anotherWayToWriteTheSameIsNoChange() {
    var before = running("workers", "16");
    var next = before.arrived(read("workers", "0x10"));
    assertThat(next.state().inForce()).isEqualTo(before.inForce());
    assertThat(next.news()).isEmpty();
  }

  @Test
  void aBadValueRefusesTheWholeChangeAndAllProblemsAreNamedAtOnce() {
    var before = running("workers", "3");
    var next =
        before.arrived(read("workers", "5", "enable_sidecars", "perhaps", "resync_period", "long"));
    assertThat(next.state().inForce()).isSameAs(before.inForce());
    assertThat(next.news()).hasSize(1);
    assertThat(next.news().getFirst().good()).isFalse();
    assertThat(next.news().getFirst().items())
        .containsExactlyInAnyOrder(
            "enable_sidecars: found \"perhaps\", expected true or false",
            "resync_period: found \"long\", expected a duration such as 30s or 1h30m");
  }

  @Test
  void aRepairedConfigurationIsTakenWithEverythingElseThatChanged() {
    var refused = running("workers", "3").arrived(read("workers", "many")).state();
    assertThat(workers(refused.arrived(read("workers", "7")))).isEqualTo(7);
    assertThat(texts(refused.arrived(read("workers", "3"))))
        .as("taking it back ends the alarm")
        .containsExactly("ConfigurationChanged: the configuration is as it is in force");
  }

  @Test
  void atTheStartDefaultsReplaceBadValuesAndTheReportIsTheSame() {
    var next = ConfigState.start(read("workers", "many", "api_port", "-1"));
    assertThat(workers(next)).isEqualTo(8);
    assertThat(next.news().getFirst().items())
        .containsExactlyInAnyOrder(
            "workers: found \"many\", expected a whole number",
            "api_port: found -1, expected a whole number of at least 1");
  }

  @ParameterizedTest
  @CsvSource({
    "watched_namespace,shop",
    "cluster_labels,team:shop",
    "cluster_name_label,cluster",
    "pod_role_label,role",
    "pod_service_account_name,other",
    "api_port,9090",
    "enable_crd_registration,false",
    "crd_categories,mine",
    "etcd_host,etcd:2379",
    "kubernetes_use_configmaps,false"
  })
  void whatIsReadAtTheStartWaitsForTheNextOne(String key, String value) {
    assertThat(StartOptions.keys()).contains(key);
    var before = running();
    var next = before.arrived(read(key, value, "workers", "2"));
    assertThat(texts(next))
        .containsExactly(
            "ConfigurationChanged: the changed configuration is in force",
            "RestartNeeded: takes effect at the next start of the operator: " + key);
    assertThat(workers(next)).as("the rest is applied").isEqualTo(2);
    assertThat(StartOptions.differing(before.inForce(), next.state().inForce())).isEmpty();
  }

  @Test
  void theTestAboveCoversEveryStartOption() {
    assertThat(StartOptions.keys()).hasSize(10);
  }

  @Test
  void aWaitingOptionIsNamedOnceAndForgottenWhenItIsTakenBack() {
    var waiting = running().arrived(read("api_port", "9090"));
    assertThat(waiting.news()).hasSize(1);
    var more = waiting.state().arrived(read("api_port", "9090", "workers", "2"));
    assertThat(texts(more))
        .containsExactly("ConfigurationChanged: the changed configuration is in force");
    assertThat(more.state().arrived(read("workers", "2")).news()).isEmpty();
  }

  @Test
  void unknownAndDeprecatedOptionsAreNamedWhenTheyAppear() {
    var next = running().arrived(read("novelty", "x", "sidecar_docker_images", "a:b"));
    assertThat(texts(next))
        .containsExactly(
            "ConfigurationChanged: the changed configuration is in force",
            "UnknownOptions: not an option of this operator: novelty",
            "DeprecatedOptions: should be replaced: sidecar_docker_images is deprecated, use"
                + " sidecars");
  }

  @Test
  void aDeletedConfigurationStaysInForce() {
    var before = running("workers", "3");
    var gone = before.gone();
    assertThat(gone.state().inForce()).isSameAs(before.inForce());
    assertThat(gone.news()).extracting(ConfigNews::reason).containsExactly("ConfigurationDeleted");
    assertThat(gone.state().gone().news()).as("said once").isEmpty();
    assertThat(workers(gone.state().arrived(read("workers", "4")))).isEqualTo(4);
  }

  @Test
  void anEventNamesAsManyItemsAsFitAndCountsTheRest() {
    var news =
        running()
            .arrived(read("workers", "many", "min_instances", "few", "max_instances", "most"))
            .news()
            .getFirst();
    assertThat(news.text(1000)).isEqualTo(news.text());
    assertThat(news.text(200)).hasSizeLessThanOrEqualTo(200).endsWith("which the log names");
  }
}
