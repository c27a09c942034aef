package dev.pgoperator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.kube.EnvironmentObjects;
import dev.pgoperator.kube.FakeWatches;
import dev.pgoperator.kube.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clusters {@code shop/a} and {@code bank/b} take variables from objects outside. */
class EnvironmentWatchTest {
  private final FakeWatches watches = new FakeWatches();
  private final List<String> told = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final Rollout rollout =
      new Rollout(
          () -> Set.of(new ClusterId("shop", "a"), new ClusterId("bank", "b")),
          (id, trigger) -> told.add(id + " " + trigger.kind()),
          (pause, action) -> later.add(action));

  private final EnvironmentObjects known = new EnvironmentObjects();
  private final EnvironmentWatch environment =
      new EnvironmentWatch(watches, Optional.empty(), rollout, known);

  private static OperatorConfig options(String key, String value) {
    return OperatorConfigs.fromConfigMap(Map.of(key, value)).config();
  }

  private static ConfigMap map(String namespace, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("extra")
        .endMetadata()
        .addToData("WAL_BUCKET", value)
        .build();
  }

  private static Secret secret(String namespace, String key, String value) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("extra")
        .endMetadata()
        .addToData(key, value)
        .build();
  }

  /** What was told since the last look. */
  private List<String> told() {
    List<Runnable> pauses = List.copyOf(later);
    later.clear();
    pauses.forEach(Runnable::run);
    List<String> now = List.copyOf(told);
    told.clear();
    return now;
  }

  @Test
  void nothingIsWatchedWhereNothingIsNamed() {
    environment.follow(OperatorConfigs.defaults());
    assertThat(watches.watched()).isEmpty();
  }

  @Test
  void aConfigMapOfANamedNamespaceConcernsEverybody() {
    environment.follow(options("pod_environment_configmap", "admin/extra"));
    assertThat(watches.watched()).containsExactly("ConfigMap */extra", "ConfigMap admin/extra");
    watches.present(map("admin", "s3://one"));
    assertThat(told()).containsExactly("bank/b config-changed", "shop/a config-changed");
  }

  @Test
  void aConfigMapOfTheClustersOwnNamespaceConcernsItsNamespace() {
    environment.follow(options("pod_environment_configmap", "extra"));
    watches.present(map("shop", "s3://one"));
    assertThat(told()).containsExactly("shop/a config-changed");
  }

  @Test
  void whatAnotherWatchStillSeesIsNotForgotten() {
    ObjectKey inAdmin = ObjectKey.of(ConfigMap.class, "admin", "extra");
    environment.follow(options("pod_environment_configmap", "admin/extra"));
    watches.present(map("admin", "s3://one"));

    environment.follow(options("pod_environment_configmap", "extra"));
    assertThat(watches.watched()).containsExactly("ConfigMap */extra");
    assertThat(known.find(inAdmin)).contains(Map.of("WAL_BUCKET", "s3://one"));

    environment.follow(OperatorConfigs.defaults());
    assertThat(known.find(inAdmin)).isEmpty();
  }

  @Test
  void onlyAnotherContentIsNews() {
    environment.follow(options("pod_environment_configmap", "extra"));
    watches.present(map("shop", "s3://one"));
    told();
    watches.present(map("shop", "s3://one"));
    assertThat(told()).as("somebody put a label on it").isEmpty();
    watches.present(map("shop", "s3://two"));
    assertThat(told()).hasSize(1);
    watches.gone(map("shop", "s3://two"));
    assertThat(told()).as("pods would miss it").hasSize(1);
  }

  @Test
  void ofASecretOnlyTheNamesOfItsKeysMatterBecausePodsReadTheValuesThemselves() {
    environment.follow(options("pod_environment_secret", "extra"));
    watches.present(secret("shop", "TOKEN", "b25l"));
    told();
    watches.present(secret("shop", "TOKEN", "dHdv"));
    assertThat(told()).isEmpty();
    watches.present(secret("shop", "KEY", "dHdv"));
    assertThat(told()).containsExactly("shop/a config-changed");
  }

  @Test
  void aWatchEndsWhenTheOptionNamesAnotherObject() {
    environment.follow(options("pod_environment_configmap", "extra"));
    environment.follow(options("pod_environment_secret", "other"));
    assertThat(watches.watched()).containsExactly("Secret */other");
    environment.follow(options("pod_environment_secret", "other"));
    assertThat(watches.watched()).as("and one that stays is not begun anew").hasSize(1);
  }

  @Test
  void itIsDoneWhenEverythingIsKnown() {
    var followed = environment.follow(options("pod_environment_configmap", "extra"));
    assertThat(followed.isComplete()).isFalse();
    watches.listed();
    assertThat(followed.succeeded()).isTrue();
  }

  @Test
  void anOperatorOfOneNamespaceLooksThereAndWhereTheOptionPoints() {
    new EnvironmentWatch(watches, Optional.of("shop"), rollout, new EnvironmentObjects())
        .follow(options("pod_environment_configmap", "admin/extra"));
    assertThat(watches.watched()).containsExactly("ConfigMap admin/extra", "ConfigMap shop/extra");
  }
}
