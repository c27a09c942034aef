package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The parts beside the database: the connection pooler and the CronJob of logical backups. */
@EndToEnd("e2e-addons")
@Order(140)
class AddOnsE2E {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final int PGBOUNCER = 5432;

  private final Scene scene;
  private final PostgresCluster cluster;

  AddOnsE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("pooled");
  }

  @BeforeAll
  void create() {
    scene.create(
        Serialization.unmarshal(
            """
            apiVersion: acid.zalan.do/v1
            kind: postgresql
            metadata: {name: pooled}
            spec:
              teamId: acid
              numberOfInstances: 1
              postgresql: {version: "17"}
              volume: {size: 1Gi}
              users: {app: []}
              databases: {app: app}
              enableLogicalBackup: true
              enableConnectionPooler: true
              connectionPooler:
                numberOfInstances: 1
                resources: {requests: {cpu: 10m, memory: 32Mi}, limits: {cpu: "1", memory: 64Mi}}
            """,
            GenericKubernetesResource.class));
    cluster.awaitRunning();
  }

  private Pod pooler() {
    return scene
        .waiting()
        .forAnswer(
            "a pod of the pooler is ready",
            START,
            Duration.ofMillis(200),
            () ->
                scene
                    .client()
                    .pods()
                    .inNamespace(scene.namespace())
                    .withLabels(
                        Map.of("application", "db-connection-pooler", "cluster-name", "pooled"))
                    .list()
                    .getItems()
                    .stream()
                    .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                    .filter(Readiness.getInstance()::isReady)
                    .findFirst());
  }

  @Test
  @Order(1)
  void letsAUserInThroughThePooler() {
    InetSocketAddress entrance = scene.run().doors().to(pooler(), PGBOUNCER);

    List<String> answer =
        scene
            .waiting()
            .forAnswer(
                "the pooler passes a login on",
                SOON,
                Duration.ofMillis(200),
                () ->
                    new Sql(scene.run().vertx())
                        .tried(entrance, cluster.login("app", "app"), "SELECT current_user"));

    assertThat(answer).containsExactly("app");
  }

  @Test
  @Order(2)
  void bringsBackWhatWasDeleted() {
    comesBack(Deployment.class, "pooled-pooler");
    comesBack(Service.class, "pooled-pooler");
    comesBack(CronJob.class, "logical-backup-pooled");
  }

  private <T extends HasMetadata> void comesBack(Class<T> type, String name) {
    String uid = scene.object(type, name).get().getMetadata().getUid();
    scene.object(type, name).delete();
    scene
        .waiting()
        .forObject(
            type.getSimpleName() + " " + name + " is back",
            SOON,
            scene.object(type, name),
            now -> now != null && !now.getMetadata().getUid().equals(uid));
  }

  @Test
  @Order(3)
  void takesAwayWhatIsSwitchedOffAndTouchesNoPodOfTheDatabase() {
    Map<String, String> pods = cluster.incarnations();

    cluster.edit("{\"spec\":{\"enableConnectionPooler\":false,\"enableLogicalBackup\":false}}");

    for (Optional<HasMetadata> object = left(); object.isPresent(); object = left()) {
      String name = object.get().getKind() + " " + object.get().getMetadata().getName();
      var gone = scene.client().resource(object.get());
      scene.waiting().until(name + " is gone", SOON, () -> gone.get() == null);
    }
    cluster.awaitRunning();
    assertThat(cluster.incarnations()).isEqualTo(pods);
  }

  private Optional<HasMetadata> left() {
    return Optional.<HasMetadata>ofNullable(scene.object(Deployment.class, "pooled-pooler").get())
        .or(() -> Optional.ofNullable(scene.object(Service.class, "pooled-pooler").get()))
        .or(() -> Optional.ofNullable(scene.object(CronJob.class, "logical-backup-pooled").get()))
        .or(() -> Optional.ofNullable(cluster.secret("pooler").get()).map(Secret.class::cast));
  }
}
