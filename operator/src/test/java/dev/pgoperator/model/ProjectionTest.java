package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectionTest {

  private static final Blueprint COMPLETE =
      Fixture.blueprint(Fixture.CONFORMANCE.resolve("v02-complete"));

  static Collection<HasMetadata> objects() {
    return DesiredObjects.of(COMPLETE, new SecretText("x")).values();
  }

  @ParameterizedTest
  @MethodSource("objects")
  void isTheSameBeforeAndAfterTheApiServer(HasMetadata desired) {
    assertThat(Projection.hashOfOwned(Live.of(desired))).isEqualTo(Projection.hash(desired));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void findsNoDriftRightAfterApplying(HasMetadata desired) {
    assertThat(Drift.compare(desired, Live.of(desired))).isEmpty();
  }

  @Test
  void changesWithEveryOwnedField() {
    StatefulSet desired = StatefulSets.desired(COMPLETE);
    StatefulSet live = Live.of(desired);
    live.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("other");
    assertThat(Projection.hashOfOwned(live)).isNotEqualTo(Projection.hash(desired));
  }

  @Test
  void tellsAnObjectThatSomebodyElseMade() {
    StatefulSet live = Live.of(StatefulSets.desired(COMPLETE));
    assertThat(Projection.isForeign(Projection.hashOfOwned(live))).isFalse();
    live.getMetadata().getManagedFields().forEach(entry -> entry.setManager("kubectl"));
    assertThat(Projection.isForeign(Projection.hashOfOwned(live))).isTrue();
  }

  @Test
  void ignoresWhatOthersAdded() {
    StatefulSet desired = StatefulSets.desired(COMPLETE);
    StatefulSet live =
        new StatefulSetBuilder(Live.of(desired))
            .editMetadata()
            .addToAnnotations("theirs", "1")
            .endMetadata()
            .build();
    assertThat(Projection.hashOfOwned(live)).isEqualTo(Projection.hash(desired));
  }

  @Test
  void ignoresWhatOnlyPatroniNeedsToKnow() {
    Blueprint more = Blueprints.of("  patroni: {ttl: 45}\n");
    assertThat(Projection.hash(StatefulSets.desired(more)))
        .isEqualTo(Projection.hash(StatefulSets.desired(Blueprints.of(""))));
  }

  @Test
  void keepsInitdbCurrentForAClusterThatCouldNotBegin() {
    Blueprint more = Blueprints.of("  patroni: {initdb: {locale: C.UTF-8}}\n");
    assertThat(Projection.hash(StatefulSets.desired(more)))
        .isNotEqualTo(Projection.hash(StatefulSets.desired(Blueprints.of(""))));
  }

  @Test
  void tellsLocalParametersApart() {
    Blueprint more = Blueprints.of("  patroni: {pg_hba: [local all all trust]}\n");
    assertThat(Projection.hash(StatefulSets.desired(more)))
        .isNotEqualTo(Projection.hash(StatefulSets.desired(Blueprints.of(""))));
  }
}
