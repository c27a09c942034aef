package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.Manifest;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whole syncs against an API server in memory; the database step waits, because no pod ever runs.
 */
class SyncTest {

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aNewManifestBecomesObjectsInOneSync() {
    Next next = world.sync(Manifests.valid("orders", "a", 1));

    assertThat(world.kube.names(Service.class)).containsExactlyInAnyOrder("orders", "orders-repl");
    assertThat(world.kube.names(StatefulSet.class)).containsExactly("orders");
    assertThat(world.kube.names(Secret.class))
        .contains(
            "postgres.orders.credentials.postgresql.acid.zalan.do",
            "standby.orders.credentials.postgresql.acid.zalan.do",
            "seller.orders.credentials.postgresql.acid.zalan.do");
    assertThat(world.kube.phases().getLast()).isEqualTo("Creating");
    assertThat(world.kube.events())
        .extracting(event -> event.getReason())
        .contains("Create", "Services", "Secrets", "StatefulSet");
    assertThat(next).as("it looks again for a primary by itself").isInstanceOf(Next.Again.class);
  }

  @Test
  void aSecondSyncOfTheSameManifestWritesNothing() {
    world.sync(Manifests.valid("orders", "a", 1));
    world.kube.writes().clear();

    world.sync(Manifests.valid("orders", "a", 1));

    assertThat(world.kube.writes()).isEmpty();
  }

  @Test
  void passwordsSurviveAnOperatorThatForgotEverything() {
    world.sync(Manifests.valid("orders", "a", 1));
    var before = world.password("seller");

    world.forget();
    world.sync(Manifests.valid("orders", "a", 1));

    assertThat(world.password("seller")).isEqualTo(before);
    assertThat(world.kube.names(StatefulSet.class)).hasSize(1);
  }

  @Test
  void aFailureIsTriedAgainWithGrowingPausesAndToldOnce() {
    world.kube.failWhen(request -> request.startsWith("apply StatefulSet"));

    Next first = world.sync(Manifests.valid("orders", "a", 1));
    Next second = world.retry();

    assertThat(world.kube.phases().getLast()).isEqualTo("CreateFailed");
    assertThat(first)
        .isInstanceOfSatisfying(Next.Again.class, a -> assertThat(a.pause()).hasSeconds(1));
    assertThat(second)
        .isInstanceOfSatisfying(Next.Again.class, a -> assertThat(a.pause()).hasSeconds(2));
    assertThat(world.kube.events())
        .filteredOn(event -> event.getType().equals("Warning"))
        .hasSize(1);

    world.kube.failWhen(request -> false);
    world.retry();
    assertThat(world.kube.names(StatefulSet.class)).containsExactly("orders");
    assertThat(world.kube.phases().getLast()).isEqualTo("Creating");
  }

  @Test
  void aChangedConfigurationReachesTheObjectsWithoutAnEditOfTheManifest() {
    world.sync(Manifests.valid("orders", "a", 1));
    world.kube.writes().clear();

    world.configure(Map.of("custom_service_annotations", "cost-center:42"));

    assertThat(world.kube.writes())
        .filteredOn(write -> !write.equals("status"))
        .containsExactly("apply Service orders", "apply Service orders-repl");
    assertThat(world.kube.find(Service.class, "shop", "orders").result())
        .hasValueSatisfying(
            service ->
                assertThat(service.getMetadata().getAnnotations())
                    .containsEntry("cost-center", "42"));
    assertThat(world.kube.phases()).doesNotContain("Updating");
  }

  @Test
  void aChangedConfigurationIsAFreshStartAfterFailures() {
    world.kube.failWhen(request -> request.equals("apply StatefulSet orders"));
    world.sync(Manifests.valid("orders", "a", 1));
    world.retry();
    assertThat(world.configure(Map.of("workers", "2")))
        .isInstanceOfSatisfying(Next.Again.class, a -> assertThat(a.pause()).hasSeconds(1));
  }

  @Test
  void aMalformedManifestTouchesNothingAndNamesTheField() {
    world.sync(Manifests.valid("orders", "a", 1));
    world.kube.writes().clear();

    world.sync(
        Manifests.decoded(
            """
            apiVersion: acid.zalan.do/v1
            kind: postgresql
            metadata: {name: orders, namespace: shop, uid: a, generation: 2}
            spec:
              teamId: shop
              numberOfInstances: two
              volume: {size: 1Gi}
              postgresql: {version: "17"}
            """));

    assertThat(world.kube.writes()).containsExactly("status");
    assertThat(world.kube.phases().getLast()).isEqualTo("Invalid");
    assertThat(world.kube.events().getLast().getMessage()).contains("spec.numberOfInstances");
  }

  @Test
  void aDeletionWaitsForThePodsAndLeavesNothingOfItsOwn() {
    world.sync(Manifests.valid("orders", "a", 1));
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("orders-0")
            .withUid("p")
            .addToLabels("application", "spilo")
            .addToLabels("cluster-name", "orders")
            .endMetadata()
            .build();
    world.podAppears(pod);

    assertThat(world.delete("a")).isInstanceOf(Next.Again.class);
    assertThat(world.kube.names(Secret.class)).as("nothing else goes before the pods").isNotEmpty();
    assertThat(world.kube.names(StatefulSet.class))
        .as("the mark outlives a crash")
        .containsExactly("orders");

    world.podDisappears(pod);
    assertThat(world.podEvent()).as("the deletion was not forgotten").isInstanceOf(Next.Gone.class);
    assertThat(world.kube.names(Secret.class)).isEmpty();
    assertThat(world.kube.names(Service.class)).isEmpty();
    assertThat(world.kube.names(StatefulSet.class)).isEmpty();
    assertThat(world.kube.writes())
        .contains("delete ConfigMap orders-config", "delete Endpoints orders-leader");
  }

  @Test
  void aDeletionThatComesDuringASyncStopsItAtTheNextStep() {
    world.preempt();
    Next next = world.sync(Manifests.valid("orders", "a", 1));

    assertThat(next).isInstanceOf(Next.Settled.class);
    assertThat(world.kube.names(StatefulSet.class)).isEmpty();
  }

  @Test
  void whatIsNotDoneAsWrittenIsToldOnce() {
    Manifest manifest = Manifests.with(1, "  users: {admin: []}\n");
    world.sync(manifest);
    world.sync(manifest);
    world.forgetAllButTheStatefulSet();
    world.sync(manifest);

    assertThat(world.kube.events())
        .filteredOn(event -> event.getReason().equals("Roles"))
        .singleElement()
        .satisfies(event -> assertThat(event.getType()).isEqualTo("Warning"))
        .satisfies(event -> assertThat(event.getMessage()).contains("admin", "reserved"));
  }
}
