package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Three operator pods share clusters by Leases, and take over from each other. */
@EndToEnd("e2e-shared")
@Order(180)
class SharedFleetE2E {
  private static final int PODS = 3;
  private static final List<String> NAMES = List.of("shared-a", "shared-b", "shared-c");

  /** A lost pod's lease is another's after 15 s; then the edit is worked on. */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(60);

  private final Scene scene;
  private final List<PostgresCluster> clusters;
  private OwnOperator own;
  private int users;

  SharedFleetE2E(Scene scene) {
    this.scene = scene;
    this.clusters = NAMES.stream().map(scene::cluster).toList();
  }

  @BeforeAll
  void create() {
    own =
        OwnOperator.install(
            scene,
            Map.of(
                "SHARED_FLEET",
                "true",
                "CONFIG_MAP_NAME",
                "default/postgres-operator",
                "WATCHED_NAMESPACE",
                scene.namespace()));
    own.operator().scaleTo(PODS);
    NAMES.forEach(name -> scene.create(OwnOperator.addressed(scene, Manifests.small(name, 1))));
    clusters.forEach(PostgresCluster::awaitRunning);
  }

  @AfterAll
  void close() {
    clusters.forEach(PostgresCluster::delete);
    own.close();
  }

  @Test
  @Order(1)
  void eachPodHoldsItsShareAndEveryShardHasAHolder() {
    awaitFairShare();
    assertThat(holdings().values().stream().map(List::size).sorted()).containsExactly(2, 3, 3);
  }

  @Test
  @Order(2)
  void aPodThatIsStoppedHandsOverAtOnce() {
    Pod stopped = own.operator().pods().getFirst();
    long began = System.nanoTime();
    scene.client().resource(stopped).delete();
    editAll(TAKEN_OVER);
    Figures.tell("operator pod stopped, until edits of all clusters are done", since(began));
    awaitFairShare();
  }

  @Test
  @Order(3)
  void theOthersTakeOverFromAPodThatIsLost() {
    Pod lost = own.operator().pods().getLast();
    long began = System.nanoTime();
    PodProcesses.of(lost).kill();
    scene.client().resource(lost).withGracePeriod(0).delete();
    editAll(TAKEN_OVER);
    Figures.tell("operator pod lost, until edits of all clusters are done", since(began));
    awaitFairShare();
  }

  @Test
  @Order(4)
  void aPodThatWasFrozenWritesNothingWhenItWakesUpAfterItsLeaseHasGone() {
    Pod frozen = own.operator().pods().getFirst();
    PodProcesses processes = PodProcesses.of(frozen);
    Optional<AuditLog> audit;
    long began = System.nanoTime();
    processes.freeze();
    try {
      editAll(TAKEN_OVER);
      Figures.tell("operator pod frozen, until edits of all clusters are done", since(began));
      scene
          .waiting()
          .until("others hold all shards", TAKEN_OVER, () -> !holdings().containsKey(name(frozen)));
    } finally {
      audit = Run.auditLog().map(AuditLog::new);
      processes.thaw();
    }
    awaitFairShare();
    clusters.forEach(PostgresCluster::awaitRunning);
    assertThat(
            audit.stream().flatMap(log -> log.writesFrom(frozen.getStatus().getPodIP()).stream()))
        .as("what the pod wrote when it had woken up")
        .isEmpty();
  }

  /** Every cluster gets a user, who can log in. */
  private void editAll(Duration limit) {
    String user = "user" + users++;
    clusters.forEach(cluster -> cluster.edit("{\"spec\":{\"users\":{\"" + user + "\":[]}}}"));
    clusters.forEach(
        cluster -> cluster.awaitAnswer(user, "app", "SELECT current_user", user, limit));
  }

  private void awaitFairShare() {
    scene
        .waiting()
        .until(
            "each of three pods holds its share of the eight shards: " + holdings(),
            TAKEN_OVER,
            () -> {
              var now = holdings();
              return now.size() == PODS
                  && now.keySet().equals(podNames())
                  && now.values().stream().allMatch(held -> held.size() >= 2);
            });
  }

  private Set<String> podNames() {
    return own.operator().pods().stream().map(SharedFleetE2E::name).collect(Collectors.toSet());
  }

  /** The shards by the pod that holds them. */
  private Map<String, List<String>> holdings() {
    return scene.client().leases().inNamespace(scene.namespace()).list().getItems().stream()
        .filter(lease -> lease.getMetadata().getName().contains("-shard-"))
        .filter(lease -> holder(lease).isPresent())
        .collect(
            Collectors.groupingBy(
                lease -> holder(lease).orElseThrow(),
                TreeMap::new,
                Collectors.mapping(lease -> lease.getMetadata().getName(), Collectors.toList())));
  }

  /** A holder is named by its pod and what tells it from another of that name. */
  private Optional<String> holder(Lease lease) {
    String identity = Optional.ofNullable(lease.getSpec().getHolderIdentity()).orElse("");
    return podNames().stream()
        .filter(identity::startsWith)
        .findFirst()
        .or(() -> identity.isEmpty() ? Optional.empty() : Optional.of(identity));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
