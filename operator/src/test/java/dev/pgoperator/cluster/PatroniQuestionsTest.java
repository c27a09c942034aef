package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.patroni.HandOver;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which answers of Patroni the steps of one sync share, and when they ask anew. */
class PatroniQuestionsTest {
  private final World world = new World(Map.of("enable_database_access", "false"));
  private final LivePods pods = new LivePods(world);

  @BeforeEach
  void aClusterBegins() {
    world.sync(Manifests.with(1, ""));
    world.templateBecomes("r1");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void bothPodsWork() {
    pods.leads("orders-0", "r1");
    pods.streams("orders-1", "r1");
    world.podEvent();
    world.thoroughSync();
    asked().clear();
  }

  private List<String> asked() {
    return world.patroni.questions();
  }

  @Test
  void nobodyIsAskedBeforePatroniHasGivenAnyRole() {
    pods.streams("orders-0", "r1");
    pods.broken("orders-1", "r1", "ContainerCreating");
    pods.withoutRole("orders-0");
    world.podEvent();
    world.thoroughSync();
    assertThat(asked()).isEmpty();
  }

  @Test
  void aFreshPrimarySettlesAfterItsFirstLook() {
    pods.leads("orders-0", "r1");
    pods.withoutRole("orders-0");
    world.podEvent();
    pods.leads("orders-0", "r1");
    world.podEvent();
    assertThat(asked()).containsExactly("config orders-0", "status orders-0");
    pods.streams("orders-1", "r1");
    assertThat(world.podEvent()).isInstanceOf(ClusterVerticle.Next.Settled.class);
    asked().clear();
    world.podEvent();
    assertThat(asked()).isEmpty();
  }

  @Test
  void whoHasOnlyBegunToListenIsNotAsked() {
    pods.leads("orders-0", "r1");
    pods.streams("orders-1", "r1");
    pods.withoutRole("orders-1");
    world.podEvent();
    world.thoroughSync();
    assertThat(asked()).contains("status orders-0").doesNotContain("status orders-1");
    pods.streams("orders-1", "r1");
    asked().clear();
    world.podEvent();
    assertThat(asked()).contains("status orders-1");
  }

  @Test
  void aDecisionThatInterruptsAsksTheLeaderForTheClusterToo() {
    bothPodsWork();
    pods.condemned("orders-1", "r1");
    world.thoroughSync();
    assertThat(asked())
        .startsWith("config orders-0")
        .contains("status orders-0", "status orders-1", "cluster orders-0")
        .doesNotHaveDuplicates();
    assertThat(world.kube.writes()).contains("delete Pod orders-1");
  }

  @Test
  void itAsksAnewWhenTheSyncHasChangedPatronisConfiguration() {
    bothPodsWork();
    pods.condemned("orders-1", "r1");
    world.sync(Manifests.with(2, "  patroni: {ttl: 45}\n"));
    assertThat(asked())
        .startsWith("config orders-0", "patch")
        .endsWith("cluster orders-0", "config orders-0");
  }

  @Test
  void itAsksAnewWhenAnOrderHasEnded() {
    bothPodsWork();
    Promise<HandOver> end = Promise.promise();
    world.patroni.nextHandOver(end.future());
    pods.condemned("orders-0", "r1");
    world.podEvent();
    assertThat(world.patroni.orders()).hasSize(1);
    asked().clear();
    end.complete(new HandOver("switched over", Duration.ZERO));
    world.patroni.leads("127.0.78.1", "orders-1");
    world.patroni.streams("127.0.78.0", "orders-0");
    world.thoroughSync();
    assertThat(asked()).filteredOn(one -> one.startsWith("config")).hasSize(2);
  }

  @Test
  void itAsksAnewWhenAnswersAreOlderThanTwoSeconds() {
    bothPodsWork();
    pods.condemned("orders-1", "r1");
    world.patroni.withEachQuestion(() -> world.timePasses(Duration.ofMillis(2_100)));
    asked().clear();
    world.timePasses(Duration.ofSeconds(1));
    world.thoroughSync();
    assertThat(asked())
        .containsExactly(
            "config orders-0",
            "status orders-0",
            "status orders-1",
            "cluster orders-0",
            "config orders-0");
  }

  @Test
  void whatInterruptsNobodyIsDecidedOnWhatTheSyncHasHeardHoweverLongItTakes() {
    bothPodsWork();
    world.patroni.withEachQuestion(() -> world.timePasses(Duration.ofSeconds(3)));
    world.thoroughSync();
    assertThat(asked())
        .containsExactlyInAnyOrder("config orders-0", "status orders-0", "status orders-1");
  }

  /** Otherwise the second would be restarted on what was said before the first. */
  @Test
  void oneRestartIsOrderedForEachLookAtTheMembers() {
    bothPodsWork();
    world.patroni.waitForRestart("max_connections", "100", "200");
    world.thoroughSync();
    assertThat(world.patroni.orders()).containsExactly("restart orders-1");
    asked().clear();
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("restart orders-1", "restart orders-0");
    assertThat(asked()).contains("status orders-0", "status orders-1");
  }
}
