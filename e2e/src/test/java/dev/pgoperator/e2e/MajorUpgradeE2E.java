package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** From 15 to 17, by way of everything that holds an upgrade back. */
@EndToEnd(value = "e2e-upgrade", ownOperator = true)
@Order(30)
class MajorUpgradeE2E {
  private static final Duration UPGRADE = Duration.ofMinutes(4);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String FAILED = "last-major-upgrade-failure";
  private static final String SUCCEEDED = "last-major-upgrade-success";
  private static final String VERSION = "SELECT current_setting('server_version_num')::int / 10000";

  private final Scene scene;
  private final PostgresCluster cluster;

  MajorUpgradeE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("upgraded");
  }

  @BeforeAll
  void create() {
    scene.create(
        Serialization.unmarshal(
            """
            apiVersion: acid.zalan.do/v1
            kind: postgresql
            metadata: {name: upgraded}
            spec:
              teamId: acid
              numberOfInstances: 2
              postgresql: {version: "15"}
              volume: {size: 1Gi}
              users: {app: []}
              databases: {app: app}
            """,
            GenericKubernetesResource.class));
    cluster.awaitRunning();
  }

  private void version(String version) {
    cluster.edit("{\"spec\":{\"postgresql\":{\"version\":\"%s\"}}}".formatted(version));
  }

  private void runs(String version) {
    assertThat(cluster.query(cluster.login("app", "app"), VERSION)).containsExactly(version);
  }

  private Optional<String> annotation(String key) {
    return Optional.ofNullable(cluster.resource().get().getMetadata().getAnnotations())
        .map(annotations -> annotations.get(key));
  }

  private void awaitCondition(String type, String text) {
    cluster
        .waiting()
        .until(
            type + " says " + text,
            SOON,
            () ->
                Optional.ofNullable(cluster.status().conditions().get(type))
                    .filter(one -> (one.reason() + one.message()).contains(text))
                    .isPresent());
  }

  /** An hour that begins in two hours, or is over before midnight makes it invalid. */
  private static String closedWindow() {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    var minute = DateTimeFormatter.ofPattern("HH:mm");
    OffsetDateTime from = now.getHour() < 21 ? now.plusHours(2) : now.minusHours(3);
    return from.format(minute) + "-" + from.plusMinutes(30).format(minute);
  }

  @Test
  @Order(1)
  void outsideTheWindowNothingIsTouchedNotEvenByAnotherOperator() {
    Map<String, String> before = cluster.incarnations();
    cluster.edit(
        "{\"spec\":{\"maintenanceWindows\":[\"%s\"],\"postgresql\":{\"version\":\"17\"}}}"
            .formatted(closedWindow()));
    awaitCondition("Postponed", "the upgrade of PostgreSQL from 15 to 17 waits until");
    cluster.awaitRunning();
    scene.operator().kill();
    scene.operator().awaitReady();
    cluster.edit("{\"spec\":{\"users\":{\"another\":[]}}}");
    cluster.awaitRunning();
    awaitCondition("Postponed", "from 15 to 17");
    assertThat(cluster.incarnations()).isEqualTo(before);
    runs("15");
  }

  @Test
  @Order(2)
  void whenItOpensTheClusterIsUpgradedAndNoRowIsLost() {
    Service service = scene.object(Service.class, "upgraded").get();
    var address = new InetSocketAddress(service.getSpec().getClusterIP(), 5432);
    try (var rows = Appender.start(scene.run().vertx(), address, cluster.login("app", "app"))) {
      long began = System.nanoTime();
      cluster.edit("{\"spec\":{\"maintenanceWindows\":null}}");
      cluster.waiting().until("it is upgraded", UPGRADE, () -> annotation(SUCCEEDED).isPresent());
      cluster.awaitPhase("Running", UPGRADE);
      Figures.tell(
          "major upgrade of 2 instances, pods replaced before",
          Duration.ofNanos(System.nanoTime() - began));
      runs("17");
      Figures.tell("major upgrade, longest wait of a writer", rows.longestGap());
      assertThat(rows.lost()).isEmpty();
    }
    assertThat(annotation(FAILED)).isEmpty();
    assertThat(cluster.pods())
        .allMatch(pod -> !pod.getMetadata().getLabels().containsKey("critical-operation"));
  }

  @Test
  @Order(3)
  void aLowerVersionIsIgnoredCompletely() {
    Map<String, String> before = cluster.incarnations();
    version("15");
    awaitCondition("Complete", "DowngradeRefused");
    cluster.awaitRunning();
    assertThat(cluster.incarnations()).isEqualTo(before);
    runs("17");
    version("17");
    cluster.awaitRunning();
    assertThat(cluster.incarnations()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void whatFailedIsNotRepeatedUntilSomebodyHasLookedAfterIt() {
    cluster.edit(
        "{\"metadata\":{\"annotations\":{\"%s\":\"2024-01-02T15:04:05Z\"}}}".formatted(FAILED));
    version("18");
    cluster.awaitPhase("Running", UPGRADE);
    awaitCondition("Complete", "UpgradeFailed");
    runs("17");
    version("17");
    cluster.awaitPhase("Running", UPGRADE);
    cluster.waiting().until("the mark is gone", SOON, () -> annotation(FAILED).isEmpty());
    runs("17");
  }

  @Test
  @Order(5)
  void anExtensionThatTheNewVersionDoesNotHaveStopsItAndTheOldOneGoesOn() {
    PostgresCluster stubborn = scene.create(Manifests.small("stubborn", 1, "15")).awaitRunning();
    Login superuser = stubborn.login("postgres", "app");
    stubborn.query(superuser, "CREATE EXTENSION adminpack"); // it ended with version 16
    stubborn.edit("{\"spec\":{\"postgresql\":{\"version\":\"17\"}}}");
    stubborn.awaitCondition("Complete", "UpgradeFailed", UPGRADE);
    assertThat(stubborn.annotation(FAILED)).isPresent();
    assertThat(stubborn.query(stubborn.login("app", "app"), VERSION)).containsExactly("15");
    assertThat(stubborn.pods())
        .allMatch(pod -> !pod.getMetadata().getLabels().containsKey("critical-operation"));

    Map<String, String> pods = stubborn.uids();
    stubborn.query(superuser, "DROP EXTENSION adminpack");
    stubborn.edit("{\"metadata\":{\"annotations\":{\"%s\":null}}}".formatted(FAILED));
    stubborn.awaitAnswer("app", "app", VERSION, "17", UPGRADE);
    // The new version answers before the script has ended.
    stubborn
        .waiting()
        .until("success is noted", UPGRADE, () -> stubborn.annotation(SUCCEEDED).isPresent());
    stubborn.awaitPhase("Running", UPGRADE);
    assertThat(stubborn.uids()).as("for the second attempt no pod is replaced").isEqualTo(pods);
  }
}
