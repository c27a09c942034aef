package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Both connection poolers are switched on and off as the reference's own tests do it (systems.md
 * §7.4, rows 7 and 17).
 */
@EndToEnd(value = "e2e-poolers", ownOperator = true)
@Order(66)
class PoolersE2E {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final int PGBOUNCER = 5432;
  private static final String PRIMARY = "pooled-pooler";
  private static final String REPLICA = "pooled-pooler-repl";
  private static final String SCHEMA = "SELECT count(*) FROM pg_namespace WHERE nspname = 'pooler'";

  private final Scene scene;
  private final PostgresCluster cluster;
  private final PoolerObjects objects;
  private Map<String, String> pods = Map.of();

  PoolersE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("pooled");
    this.objects = new PoolerObjects(scene, cluster);
  }

  @BeforeAll
  void create() {
    OwnOperator.configure(
        scene,
        "db_hosted_zone",
        "poolers.example.org",
        "master_dns_name_format",
        "{cluster}.{namespace}.{hostedzone}",
        "replica_dns_name_format",
        "{cluster}-repl.{namespace}.{hostedzone}");
    scene.create(Manifests.small(cluster.name(), 1));
    cluster.awaitRunning();
    cluster.query(cluster.login("postgres", "postgres"), "CREATE DATABASE made_by_hand");
  }

  @BeforeEach
  void remember() {
    pods = cluster.incarnations();
  }

  @AfterEach
  void noPodOfTheDatabaseIsTouched() {
    assertThat(cluster.incarnations()).isEqualTo(pods);
  }

  private void edit(String spec) {
    cluster.edit("{\"spec\":{" + spec + "}}");
    cluster.awaitRunning();
  }

  @Test
  @Order(1)
  void bothPoolersHaveTwoPodsEachAServiceAndTheirSecrets() {
    edit(
        """
        "enableConnectionPooler": true,
        "enableReplicaConnectionPooler": true,
        "connectionPooler": {"resources": {
          "requests": {"cpu": "10m", "memory": "32Mi"}, "limits": {"cpu": "1", "memory": "64Mi"}}}
        """);

    objects.await(Map.of(PRIMARY, 2, REPLICA, 2));
    awaitService(PRIMARY, "ClusterIP", "");
    awaitService(REPLICA, "ClusterIP", "");
  }

  @Test
  @Order(2)
  void bothServicesBecomeLoadBalancersWithTheConfiguredNames() {
    edit("\"enableMasterPoolerLoadBalancer\": true, \"enableReplicaPoolerLoadBalancer\": true");

    awaitService(PRIMARY, "LoadBalancer", "pooled-pooler.e2e-poolers.poolers.example.org");
    awaitService(REPLICA, "LoadBalancer", "pooled-pooler-repl.e2e-poolers.poolers.example.org");
  }

  @Test
  @Order(3)
  void thatOfTheReplicasStaysWhenThatOfThePrimaryIsSwitchedOff() {
    edit("\"enableConnectionPooler\": false");

    objects.await(Map.of(REPLICA, 2));
    awaitService(REPLICA, "LoadBalancer", "pooled-pooler-repl.e2e-poolers.poolers.example.org");
  }

  @Test
  @Order(4)
  void thatOfThePrimaryComesBackWithoutALoadBalancerAndThatOfTheReplicasGoes() {
    edit(
        """
        "enableConnectionPooler": true,
        "enableReplicaConnectionPooler": false,
        "enableMasterPoolerLoadBalancer": false
        """);

    objects.await(Map.of(PRIMARY, 2));
    awaitService(PRIMARY, "ClusterIP", "");
  }

  @Test
  @Order(5)
  void aPoolerHasAsManyPodsAsTheManifestSays() {
    edit("\"connectionPooler\": {\"numberOfInstances\": 3}");

    objects.await(Map.of(PRIMARY, 3));
  }

  /** The lookup function stays where it is, for a pooler that is switched on again. */
  @Test
  @Order(6)
  void nothingIsLeftOfPoolersThatAreOffButWhatTheyHadInTheDatabases() {
    edit(
        """
        "enableConnectionPooler": false,
        "enableReplicaConnectionPooler": false,
        "enableReplicaPoolerLoadBalancer": false,
        "connectionPooler": {"numberOfInstances": null}
        """);

    objects.await(Map.of());
    Login superuser = cluster.login("postgres", "postgres");
    List<String> databases =
        cluster.query(superuser, "SELECT datname FROM pg_database WHERE NOT datistemplate");
    assertThat(databases).contains("postgres", "app", "made_by_hand");
    for (String database : databases) {
      assertThat(cluster.query(cluster.login("postgres", database), SCHEMA))
          .as(database)
          .containsExactly("1");
    }
    assertThat(cluster.query(cluster.login("postgres", "template1"), SCHEMA))
        .as("template1")
        .containsExactly("0");
  }

  /** Its selector cannot be changed: it is made anew, and its pods go with it. */
  @Test
  @Order(7)
  void aDeploymentOfSomebodyElseThatSelectsOtherPodsIsTakenOver() {
    Map<String, String> foreign = Map.of("made-by", "somebody", "part", "foreign");
    ForeignDeployment deployment = ForeignDeployment.start(scene, PRIMARY, foreign, foreign);

    edit("\"enableConnectionPooler\": true");

    objects.await(Map.of(PRIMARY, 2));
    Deployment taken = scene.object(Deployment.class, PRIMARY).get();
    assertThat(taken.getMetadata().getUid()).isNotEqualTo(deployment.uid());
    assertThat(containers(taken)).containsExactly("connection-pooler");
    assertThat(taken.getMetadata().getLabels()).doesNotContainKey("part");
    scene.waiting().until("no foreign pod is left", START, () -> deployment.pods().isEmpty());
    letsTheApplicationIn();

    edit("\"enableConnectionPooler\": false");
    objects.await(Map.of());
  }

  /** As the one of the reference's own test is, whose pods would be selected by the pooler's. */
  @Test
  @Order(8)
  void aDeploymentOfSomebodyElseThatSelectsThePoolersPodsIsTakenOver() {
    Map<String, String> labels =
        Map.of("application", "db-connection-pooler", "connection-pooler", PRIMARY);
    ForeignDeployment deployment =
        ForeignDeployment.start(scene, PRIMARY, labels, PoolerObjects.labels(PRIMARY));

    edit("\"enableConnectionPooler\": true");

    objects.await(Map.of(PRIMARY, 2));
    Deployment taken = scene.object(Deployment.class, PRIMARY).get();
    assertThat(taken.getMetadata().getUid()).isEqualTo(deployment.uid());
    assertThat(containers(taken)).contains("connection-pooler");
    assertThat(taken.getMetadata().getLabels()).containsEntry("cluster-name", "pooled");
    letsTheApplicationIn();

    edit("\"enableConnectionPooler\": false");
    objects.await(Map.of());
  }

  private static Set<String> containers(Deployment deployment) {
    return Set.copyOf(
        deployment.getSpec().getTemplate().getSpec().getContainers().stream()
            .map(Container::getName)
            .toList());
  }

  private void letsTheApplicationIn() {
    Pod pod = objects.pods(PRIMARY).getFirst();
    InetSocketAddress entrance = scene.run().doors().to(pod, PGBOUNCER);
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

  /**
   * @param hostname empty if external-dns is told none
   */
  private void awaitService(String name, String type, String hostname) {
    scene
        .waiting()
        .forObject(
            "the Service " + name + " is a " + type + " called '" + hostname + "'",
            SOON,
            scene.object(Service.class, name),
            now ->
                now != null
                    && now.getSpec().getType().equals(type)
                    && hostname(now).orElse("").equals(hostname));
  }

  private static Optional<String> hostname(Service service) {
    return Optional.ofNullable(service.getMetadata().getAnnotations())
        .map(annotations -> annotations.get("external-dns.alpha.kubernetes.io/hostname"));
  }
}
