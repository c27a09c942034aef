package dev.pgoperator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.PostgresTeam;
import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.kube.FakeKube;
import dev.pgoperator.kube.FakeWatches;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An operator in the namespace {@code admin} with the cluster {@code shop/a}. */
class RoleObjectWatchTest {
  private static final NamespacedName ROBOTS = new NamespacedName("admin", "robots");
  private final FakeWatches watches = new FakeWatches();
  private final FakeKube kube = new FakeKube();
  private final List<String> told = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final LiveRoleObjects live = new LiveRoleObjects("admin");
  private final RoleObjectWatch watch =
      new RoleObjectWatch(
          watches,
          Optional.of("shop"),
          live,
          new Rollout(
              () -> Set.of(new ClusterId("shop", "a")),
              (id, trigger) -> told.add(id + " " + trigger.kind()),
              (pause, action) -> later.add(action)),
          new ConfigJournal(kube, InstantSource.system()));

  private static OperatorConfig options(String key, String value) {
    return OperatorConfigs.fromConfigMap(Map.of(key, value)).config();
  }

  private static Secret robots(String value) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("admin")
        .withName("robots")
        .endMetadata()
        .addToData("user1", value)
        .build();
  }

  private static GenericKubernetesResource team(String name, String spec) {
    return Serialization.unmarshal(
        """
        apiVersion: acid.zalan.do/v1
        kind: PostgresTeam
        metadata: {name: %s, namespace: shop}
        spec: %s
        """
            .formatted(name, spec),
        GenericKubernetesResource.class);
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

  private List<Map<String, List<String>>> members() {
    return live.get().teams().known().stream().map(PostgresTeam::members).toList();
  }

  @Test
  void watchesTheSecretsOfInfrastructureRolesAndTheConfigMapsBesideThem() {
    watch.follow(options("infrastructure_roles_secret_name", "robots"));
    assertThat(watches.watched()).containsExactly("ConfigMap admin/robots", "Secret admin/robots");
    watch.follow(options("workers", "2"));
    assertThat(watches.watched()).isEmpty();
  }

  @Test
  void everyClusterHearsOfAChangedContentAndOnlyOfThat() {
    watch.follow(options("infrastructure_roles_secret_name", "robots"));
    watches.present(robots("b25l"));
    assertThat(told()).containsExactly("shop/a config-changed");
    assertThat(live.get().secret(ROBOTS)).containsEntry("user1", new SecretText("one"));
    watches.present(robots("b25l"));
    assertThat(told()).as("somebody put a label on it").isEmpty();
    watches.gone(robots("b25l"));
    assertThat(told()).hasSize(1);
    assertThat(live.get().secret(ROBOTS)).isEmpty();
  }

  @Test
  void whatAnOptionDoesNotNameAnyMoreDoesNotCount() {
    watch.follow(options("infrastructure_roles_secret_name", "robots"));
    watches.present(robots("b25l"));
    watches.present(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("admin")
            .withName("robots")
            .endMetadata()
            .addToData("robot", "inrole: [x]")
            .build());
    assertThat(live.get().configMap(ROBOTS)).containsKey("robot");
    watch.follow(options("infrastructure_roles_secret_name", "others"));
    assertThat(live.get().secrets()).isEmpty();
    assertThat(live.get().configMaps()).isEmpty();
  }

  @Test
  void theTeamsAreCompleteOnlyAfterAllWereListed() {
    watch.follow(options("enable_postgres_team_crd", "true"));
    watches.present(team("one", "{additionalMembers: {acid: [anna]}}"));
    assertThat(live.get().teams().complete()).isFalse();
    watches.listed();
    assertThat(live.get().teams().complete()).isTrue();
    assertThat(members()).containsExactly(Map.of("acid", List.of("anna")));
  }

  @Test
  void aDeletedTeamIsNoticedAtOnce() {
    watch.follow(options("enable_postgres_team_crd", "true"));
    watches.present(team("one", "{additionalMembers: {acid: [anna]}}"));
    told();
    watches.gone(team("one", "{}"));
    assertThat(members()).isEmpty();
    assertThat(told()).containsExactly("shop/a config-changed");
  }

  @Test
  void aTeamThatBecomesMalformedCountsAsItWasAndItsAuthorIsTold() {
    watch.follow(options("enable_postgres_team_crd", "true"));
    watches.listed();
    watches.present(team("one", "{additionalMembers: {acid: [anna]}}"));
    watches.present(team("two", "{additionalMembers: {acid: [bert]}}"));
    watches.present(team("one", "{additionalMembers: {acid: anna}}"));
    assertThat(members())
        .containsExactlyInAnyOrder(
            Map.of("acid", List.of("anna")), Map.of("acid", List.of("bert")));
    assertThat(live.get().teams().complete()).isTrue();
    assertThat(kube.events())
        .singleElement()
        .extracting(Event::getMessage)
        .asString()
        .contains("spec.additionalMembers.acid", "\"anna\"", "a list of texts");
  }

  @Test
  void aTeamThatWasNeverReadableLeavesOpenWhoElseThereIs() {
    watch.follow(options("enable_postgres_team_crd", "true"));
    watches.present(team("one", "{additionalMembers: [anna]}"));
    watches.listed();
    assertThat(live.get().teams().complete()).isFalse();
    watches.present(team("one", "{additionalMembers: {acid: [anna]}}"));
    assertThat(live.get().teams().complete()).isTrue();
  }
}
