package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The disk of a replica is full: the status says so, and the primary goes on, until somebody makes
 * room. Needs volumes that have the size of their claims.
 */
@EndToEnd("e2e-disk")
@Order(70)
class FullDiskE2E {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration WHILE = Duration.ofSeconds(4);
  private static final String SIZED = "sized";
  private static final String FILLER = "/home/postgres/pgdata/filler";

  /** Segments of 16 MB; the primary keeps them for its replica, in 600 MB of its own. */
  private static final int MOST_SEGMENTS = 15;

  private final Scene scene;
  private final PostgresCluster cluster;

  FullDiskE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("filled");
  }

  /** What is written to a volume in memory counts as memory of the pod that writes it. */
  private static GenericKubernetesResource manifest() {
    return Serialization.unmarshal(
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata: {name: filled}
        spec:
          teamId: acid
          numberOfInstances: 2
          postgresql:
            version: "17"
            parameters: {shared_buffers: 32MB}
          volume: {size: 600Mi, storageClass: sized}
          users: {app: []}
          databases: {app: app}
          resources:
            requests: {cpu: 10m, memory: 100Mi}
            limits: {cpu: "2", memory: 1536Mi}
        """,
        GenericKubernetesResource.class);
  }

  @BeforeAll
  void create() {
    Assumptions.assumeTrue(
        scene.client().resources(StorageClass.class).withName(SIZED).get() != null,
        "there is no StorageClass " + SIZED + ", whose volumes are as large as their claims");
    scene.create(manifest());
    cluster.awaitRunning();
    cluster.awaitRoles(2, LONG);
    cluster.awaitRunning();
    awaitStreaming();
  }

  private void awaitStreaming() {
    cluster.awaitAnswer(
        "postgres",
        "app",
        "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'",
        "1",
        SOON);
  }

  private Pod replica() {
    return cluster.pods().stream()
        .filter(pod -> PostgresCluster.role(pod).equals("replica"))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Less is left than a segment of the WAL, but something: on the very last byte the replay of a
   * table that grows would end the whole server ("could not extend file"), which Patroni starts
   * again and again. Then the replica loses its role, and the pod counts as not ready.
   */
  private static void fill(InPod inside) {
    var dd = inside.attempt("dd if=/dev/zero bs=1M of=" + FILLER);
    assertThat(dd.output()).contains("No space left on device");
    inside.run("truncate -s -4M " + FILLER);
  }

  private Optional<Status.Condition> complete() {
    return Optional.ofNullable(cluster.status().conditions().get("Complete"));
  }

  /**
   * Has the primary begin new segments for as long as the replica finds room for them: its server
   * may have some in stock, and makes some anew of those that it needs no more.
   */
  private void awaitConditionWhileWriting(Login superuser) {
    var segments = new AtomicInteger();
    cluster
        .waiting()
        .forAnswer(
            "the status says that the replica does not stream",
            LONG,
            Duration.ofMillis(500),
            () -> {
              boolean streams =
                  cluster
                      .query(superuser, "SELECT 1 FROM pg_stat_replication WHERE state='streaming'")
                      .contains("1");
              if (streams) {
                assertThat(segments.incrementAndGet()).isLessThanOrEqualTo(MOST_SEGMENTS);
                cluster.query(superuser, "SELECT pg_switch_wal()");
              }
              return complete().filter(one -> one.reason().equals("ReplicaNotStreaming"));
            });
    Figures.tell("full disk, segments until the replica stopped", segments.toString());
  }

  @Test
  @Order(1)
  void aReplicaWithoutRoomIsToldOfAndThePrimaryGoesOn() {
    Map<String, String> before = cluster.incarnations();
    Pod replica = replica();
    var inside = new InPod(scene, replica);
    try (var rows = cluster.startWriting()) {
      fill(inside);
      long began = System.nanoTime();
      awaitConditionWhileWriting(cluster.login("postgres", "app"));
      Figures.tell("full disk, until it is told", Duration.ofNanos(System.nanoTime() - began));
      // A receiver that has just begun again says for some milliseconds that it streams. Should
      // Patroni look in just these, the condition goes and comes again half a minute later.
      assertThat(complete())
          .hasValueSatisfying(
              one -> {
                assertThat(one.status()).isEqualTo("False");
                assertThat(one.message()).contains(replica.getMetadata().getName());
              });
      cluster
          .waiting()
          .holds("the cluster is Running", WHILE, () -> cluster.status().phase().equals("Running"));
      int written = rows.count();
      cluster.waiting().until("rows are written", SOON, () -> rows.count() > written + 3);

      inside.run("rm " + FILLER);
      began = System.nanoTime();
      cluster.waiting().until("nothing is missing any more", LONG, () -> complete().isEmpty());
      Figures.tell("room again, until it is told", Duration.ofNanos(System.nanoTime() - began));
      awaitStreaming();
      Figures.tell("full disk of a replica, longest wait of a writer", rows.longestGap());
      assertThat(rows.lost()).as("acknowledged rows that are gone").isEmpty();
    }
    assertThat(cluster.status().phase()).isEqualTo("Running");
    assertThat(cluster.incarnations()).as("nobody was restarted").isEqualTo(before);
  }
}
