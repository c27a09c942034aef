package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.model.FabricEventStream;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams where the service that reads them, or the database, is missing. */
class StreamsSyncTest {

  private static final String STREAMS =
      "  streams: [{applicationId: a, database: sales, tables: {t: {eventType: e}}}]\n";

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aKindThatIsNotDefinedIsToldOnceAndHindersNothingElse() {
    world.kube.define(FabricEventStream.class, false);

    Next next = world.sync(Manifests.with(1, STREAMS));
    world.retry();

    assertThat(world.kube.names(StatefulSet.class)).containsExactly("orders");
    assertThat(world.kube.phases()).doesNotContain("CreateFailed");
    assertThat(world.kube.condition("Complete").getStatus()).isEqualTo("False");
    assertThat(world.kube.condition("Complete").getReason()).isEqualTo("StreamsNotInstalled");
    assertThat(world.kube.events())
        .filteredOn(event -> event.getReason().equals("StreamsNotInstalled"))
        .hasSize(1);
    assertThat(next).isInstanceOf(Next.Again.class);
  }

  @Test
  void theConditionGoesWhenTheKindIsDefined() {
    world.kube.define(FabricEventStream.class, false);
    world.sync(Manifests.with(1, STREAMS));

    world.kube.define(FabricEventStream.class, true);
    world.retry();

    assertThat(world.kube.conditions("Complete")).isEmpty();
    assertThat(world.kube.names(FabricEventStream.class))
        .as("there is nothing to read from before the database is there")
        .isEmpty();
  }

  @Test
  void aClusterWithoutStreamsDoesNotAskForThem() {
    world.kube.define(FabricEventStream.class, false);

    world.sync(Manifests.with(1, ""));

    assertThat(world.kube.conditions("Complete")).isEmpty();
  }

  @Test
  void objectsGoWithTheirClusterWhoeverMadeThem() {
    world.sync(Manifests.with(1, ""));
    var object = new FabricEventStream();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("orders-abcde")
            .withLabels(Map.of("application", "spilo", "cluster-name", "orders"))
            .build());
    world.kube.createIfAbsent(object);

    world.delete("a");

    assertThat(world.kube.names(FabricEventStream.class)).isEmpty();
  }

  @Test
  void aDeletionDoesNotNeedTheKind() {
    world.kube.define(FabricEventStream.class, false);
    world.sync(Manifests.with(1, STREAMS));

    assertThat(world.delete("a")).isInstanceOf(Next.Gone.class);
  }
}
