package dev.pgoperator.cluster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.Manifest;
import dev.pgoperator.cluster.Manifests;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.PodEnvironment;
import dev.pgoperator.patroni.ConfigChange;
import dev.pgoperator.patroni.ConfigPatch;
import dev.pgoperator.patroni.DynamicConfig;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which keys of Patroni's configuration a manifest changes, and which it leaves alone. */
class PatroniWishesTest {

  /** As a cluster has it that was made from a manifest without settings. */
  private static final String LIVE =
      """
      {"ttl": 30, "loop_wait": 10, "failsafe_mode": false, "maximum_lag_on_failover": 33554432,
       "postgresql": {"parameters": {"max_connections": "100", "wal_level": "hot_standby"}},
       "slots": {"theirs": {"type": "physical"}}}""";

  private static ConfigPatch patch(String moreSpec, Set<String> formerSlots) {
    return patch(Manifests.with(1, moreSpec), formerSlots);
  }

  private static ConfigPatch patch(Manifest manifest, Set<String> formerSlots) {
    var cluster = ((Manifest.Valid) manifest).cluster();
    return PatroniWishes.patch(
        new Blueprint(cluster, OperatorConfigs.defaults(), PodEnvironment.NONE),
        DynamicConfig.of(new JsonObject(LIVE)),
        formerSlots);
  }

  private static ConfigPatch patch(String moreSpec) {
    return patch(moreSpec, Set.of());
  }

  @Test
  void aManifestWithoutSettingsChangesNothing() {
    assertThat(patch("").changes()).isEmpty();
  }

  @Test
  void settingsThatDifferAreSentAndNoOthers() {
    assertThat(
            patch("  patroni: {ttl: 45, loop_wait: 10, maximum_lag_on_failover: 1000}\n").changes())
        .extracting(ConfigChange::key)
        .containsExactly("ttl", "maximum_lag_on_failover");
  }

  @Test
  void parametersThatPodsGetOrThatAreInEffectAreNotSent() {
    Manifest manifest =
        Manifests.decoded(
            """
            apiVersion: acid.zalan.do/v1
            kind: postgresql
            metadata: {name: orders, namespace: shop, uid: a, generation: 1, resourceVersion: "1"}
            spec:
              teamId: shop
              numberOfInstances: 2
              volume: {size: 1Gi}
              postgresql:
                version: "17"
                parameters: {shared_buffers: 32MB, work_mem: 8MB, max_connections: "100"}
            """);
    assertThat(patch(manifest, Set.of()).changes())
        .extracting(ConfigChange::key)
        .containsExactly("postgresql.parameters.work_mem");
  }

  @Test
  void synchronousModeIsSwitchedOn() {
    assertThat(patch("  patroni: {synchronous_mode: true}\n").changes())
        .extracting(ConfigChange::key)
        .containsExactly("synchronous_mode");
  }

  @Test
  void slotsOfTheManifestComeAndGoAndThoseOfOthersStay() {
    assertThat(patch("  patroni: {slots: {feed: {type: physical}}}\n").changes())
        .extracting(ConfigChange::key)
        .containsExactly("slots.feed");
    assertThat(patch("", Set.of("theirs", "gone")).changes())
        .as("a slot that an earlier manifest asked for")
        .extracting(change -> change.key() + " " + change.kind())
        .containsExactly("slots.theirs REMOVED");
  }
}
