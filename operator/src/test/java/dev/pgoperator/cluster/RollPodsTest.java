package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.patroni.HandOver;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster whose pods have to be replaced, sync by sync. */
class RollPodsTest {
  private static final Map<String, String> NEXT =
      Map.of("docker_image", "spilo:next", "enable_database_access", "false");

  private static final String DONE = "rolling update is done";

  private final World world = new World(Map.of("enable_database_access", "false"));
  private final LivePods pods = new LivePods(world);

  @BeforeEach
  void aClusterWithAPrimaryAndAReplica() {
    world.sync(Manifests.with(1, ""));
    pods.pairRuns("orders-0", "orders-1");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<String> deletions() {
    return world.kube.writes().stream().filter(write -> write.startsWith("delete Pod")).toList();
  }

  private List<String> told() {
    return world.kube.events().stream().map(event -> event.getMessage()).toList();
  }

  private void aNewImage() {
    world.configure(NEXT);
    assertThat(deletions()).as("Kubernetes has not seen the template").isEmpty();
    world.templateBecomes("r2");
    world.podEvent();
  }

  @Test
  void theReplicaGoesFirstAndThenThePrimaryHandsOver() {
    aNewImage();
    assertThat(deletions()).containsExactly("delete Pod orders-1");
    world.podEvent();
    assertThat(deletions()).as("it is on its way out").hasSize(1);

    pods.goes("orders-1");
    world.podEvent();
    assertThat(deletions()).as("it is not back").hasSize(1);
    pods.starts("orders-1", "r2");
    world.podEvent();
    assertThat(world.patroni.orders()).as("it does not stream yet").isEmpty();

    pods.streams("orders-1", "r2");
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-0 to orders-1");
    assertThat(deletions()).hasSize(1);

    pods.leads("orders-1", "r2");
    pods.streams("orders-0", "r1");
    world.podEvent();
    assertThat(deletions()).containsExactly("delete Pod orders-1", "delete Pod orders-0");

    pods.goes("orders-0");
    pods.streams("orders-0", "r2");
    world.podEvent();
    assertThat(world.kube.phases().getLast()).isEqualTo("Running");
    assertThat(world.kube.condition("PodsUpToDate").getStatus()).isEqualTo("True");
    assertThat(world.patroni.orders()).hasSize(1);
    assertThat(world.kube.events())
        .extracting(event -> event.getMessage())
        .anyMatch(text -> text.contains("nobody accepted writes for 700 ms"))
        .contains("rolling update is done");
  }

  @Test
  void aChangeBeforeTheLastOneIsDoneIsToldOf() {
    aNewImage();
    world.configure(Map.of("docker_image", "spilo:third", "enable_database_access", "false"));
    world.templateBecomes("r3");
    pods.goes("orders-1");
    pods.streams("orders-1", "r3");
    world.podEvent();
    assertThat(told()).filteredOn(text -> text.contains("begins; ")).hasSize(2);
  }

  @Test
  void itIsDoneWhenTheLastNewPodWorksAndNotBefore() {
    pods.condemned("orders-1", "r1");
    world.podEvent();
    pods.goes("orders-1");
    world.podEvent();
    assertThat(told()).contains("replacing pod orders-1").doesNotContain(DONE);
    pods.broken("orders-1", "r1", "ContainerCreating");
    world.podEvent();
    assertThat(told()).as("it does not run yet").doesNotContain(DONE);

    pods.streams("orders-1", "r1");
    world.podEvent();
    world.podEvent();
    assertThat(told()).containsOnlyOnce(DONE);
  }

  @Test
  void anOperatorThatStartsInTheMiddleGoesOnWhereItWas() {
    aNewImage();
    pods.goes("orders-1");
    pods.streams("orders-1", "r2");

    pods.operatorStartsAnew("r2");
    world.configure(NEXT);
    world.sync(Manifests.with(1, ""));

    assertThat(world.patroni.orders()).containsExactly("switchover orders-0 to orders-1");
    assertThat(deletions()).containsExactly("delete Pod orders-1");
  }

  @Test
  void aSwitchoverThatTakesItsTimeIsNotOrderedAgain() {
    Promise<HandOver> end = Promise.promise();
    world.patroni.nextHandOver(end.future());
    aNewImage();
    pods.goes("orders-1");
    pods.streams("orders-1", "r2");
    world.podEvent();
    world.podEvent();
    assertThat(world.patroni.orders()).hasSize(1);

    pods.leads("orders-1", "r2");
    pods.streams("orders-0", "r1");
    end.fail("no complete answer within 60000 ms");
    world.podEvent();
    assertThat(deletions()).as("the failure is told first").hasSize(1);
    world.retry();
    assertThat(world.patroni.orders()).as("it took place all the same").hasSize(1);
    assertThat(deletions()).containsExactly("delete Pod orders-1", "delete Pod orders-0");
  }

  @Test
  void aFailedSwitchoverIsToldAndTriedAgainAfterALook() {
    world.patroni.nextHandOver(Future.failedFuture("refused with status 412"));
    aNewImage();
    pods.goes("orders-1");
    pods.streams("orders-1", "r2");
    world.podEvent();
    var next = world.podEvent();
    assertThat(world.kube.condition("Progressing").getMessage()).contains("412");
    assertThat(next).isInstanceOf(ClusterVerticle.Next.Again.class);
    world.retry();
    assertThat(world.patroni.orders()).hasSize(2);
  }

  @Test
  void aPodWithTheAnnotationIsReplacedWhateverItWasMadeFrom() {
    pods.condemned("orders-1", "r1");
    world.podEvent();
    assertThat(deletions()).containsExactly("delete Pod orders-1");
  }

  @Test
  void whatNobodyHasJustAskedForWaitsForTheWindow() {
    world.configure(
        Map.of(
            "docker_image",
            "spilo:next",
            "enable_database_access",
            "false",
            "maintenance_windows",
            world.windowThatIsClosed()));
    world.templateBecomes("r2");
    world.podEvent();
    assertThat(deletions()).isEmpty();
    assertThat(world.kube.condition("Postponed").getMessage())
        .contains("replacing orders-0, orders-1 waits until the maintenance window opens at 20");
    assertThat(world.kube.phases().getLast()).isEqualTo("Running");

    world.sync(Manifests.with(2, "  users: {late: []}\n"));
    assertThat(deletions()).as("another edit does not hurry what waits").isEmpty();
    assertThat(world.kube.phases().getLast()).isEqualTo("Running");

    pods.condemned("orders-1", "r1");
    world.podEvent();
    assertThat(deletions()).as("an annotation is an order").containsExactly("delete Pod orders-1");
  }

  @Test
  void anEditIsDoneAtOnceAlsoOutsideTheWindow() {
    world.configure(
        Map.of(
            "enable_database_access", "false", "maintenance_windows", world.windowThatIsClosed()));
    world.sync(Manifests.with(2, "  dockerImage: spilo:mine\n"));
    world.templateBecomes("r2");
    world.podEvent();
    assertThat(deletions()).containsExactly("delete Pod orders-1");
  }

  @Test
  void serversThatWaitAreRestartedReplicasFirst() {
    world.patroni.waitForRestart("max_connections", "100", "200");
    world.thoroughSync();
    world.podEvent();
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("restart orders-1", "restart orders-0");
    assertThat(deletions()).isEmpty();
  }

  @Test
  void thePrimaryIsFirstWhereALimitGetsSmaller() {
    world.patroni.waitForRestart("max_connections", "200", "100");
    world.thoroughSync();
    world.podEvent();
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("restart orders-0", "restart orders-1");
  }

  @Test
  void aReplicaThatHearsOfASmallerLimitBeforeItsPrimaryWaitsForIt() {
    world.patroni.waitsForRestart("orders-1", "max_connections", "200", "100");
    world.thoroughSync();
    assertThat(world.patroni.orders()).as("the primary will say so in its next loop").isEmpty();

    world.patroni.waitForRestart("max_connections", "200", "100");
    world.podEvent();
    world.podEvent();
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("restart orders-0", "restart orders-1");
  }

  @Test
  void aReplicaWhosePrimaryWasRestartedBeforeTheOperatorStartedIsNotForgotten() {
    world.patroni.waitsForRestart("orders-1", "max_connections", "200", "100");
    world.thoroughSync();
    world.timePasses(Duration.ofSeconds(30));
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("restart orders-1");

    world.podEvent();
    world.patroni.waitsForRestart("orders-1", "max_connections", "100", "90");
    world.thoroughSync();
    assertThat(world.patroni.orders()).as("the next time the primary is waited for").hasSize(1);
  }

  @Test
  void afterEachServerWasRestartedNobodyWaitsForMoreButSomebodyLooksAgain() {
    world.sync(Manifests.withConnections(2, "200"));
    assertThat(world.kube.phases().getLast()).as("Patroni is taking it up").isEqualTo("Updating");
    world.patroni.waitForRestart("max_connections", "100", "200");
    world.podEvent();
    world.podEvent();
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("restart orders-1", "restart orders-0");
    assertThat(world.kube.phases().getLast()).isEqualTo("Running");

    world.patroni.waitForRestart("max_connections", "100", "200");
    world.podEvent();
    assertThat(world.patroni.orders()).as("one that started too early").hasSize(3);
  }

  @Test
  void anEditInBetweenIsWaitedForAgain() {
    world.sync(Manifests.withConnections(2, "200"));
    world.patroni.waitForRestart("max_connections", "100", "200");
    world.podEvent();
    world.podEvent();
    world.podEvent();
    world.sync(Manifests.withConnections(3, "300"));
    assertThat(world.kube.phases().getLast()).isEqualTo("Updating");
  }

  @Test
  void aStuckRollIsAFailureAfterItsTime() {
    aNewImage();
    pods.goes("orders-1");
    pods.broken("orders-1", "r2", "ErrImagePull");
    world.timePasses(Duration.ofSeconds(5));
    world.podEvent();
    assertThat(world.kube.condition("Progressing").getMessage()).contains("ErrImagePull");
    assertThat(world.kube.phases().getLast()).isEqualTo("Running");
    world.timePasses(Duration.ofMinutes(11));
    world.podEvent();
    assertThat(world.kube.phases().getLast()).isEqualTo("SyncFailed");
    assertThat(deletions()).hasSize(1);
  }
}
