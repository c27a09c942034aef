package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects that somebody changes or deletes by hand are as the manifest says in under two seconds.
 */
@EndToEnd("e2e-hands")
@Isolated("it asserts how fast the operator is")
@Order(50)
class HandEditsE2E {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final String CHOSEN = "chosen-by-hand-1";

  private final Scene scene;
  private final PostgresCluster cluster;

  HandEditsE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("orders");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.small(cluster.name(), 2));
    cluster.awaitRunning();
  }

  private static Stream<Arguments> deleted() {
    return Stream.of(
        Arguments.of(Service.class, "orders"),
        Arguments.of(Service.class, "orders-repl"),
        Arguments.of(PodDisruptionBudget.class, "postgres-orders-pdb"),
        Arguments.of(PodDisruptionBudget.class, "postgres-orders-critical-op-pdb"),
        Arguments.of(ServiceAccount.class, "postgres-pod"),
        Arguments.of(RoleBinding.class, "postgres-pod"));
  }

  @ParameterizedTest
  @MethodSource("deleted")
  <T extends HasMetadata> void bringsBackWhatWasDeleted(Class<T> type, String name) {
    Resource<T> object = scene.object(type, name);
    T old = object.get();

    object.delete();

    awaitBack(object, "deleted " + type.getSimpleName() + " " + name, now -> isNew(now, old));
  }

  @Test
  @Order(1)
  void bringsBackTheStatefulSetWithoutRestartingAPod() {
    Map<String, String> pods = cluster.incarnations();
    Resource<StatefulSet> object = scene.object(StatefulSet.class, cluster.name());
    StatefulSet old = object.get();

    object.withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

    awaitBack(object, "deleted StatefulSet orders, its pods left alone", now -> isNew(now, old));
    scene
        .waiting()
        .forObject(
            "the pods belong to the new StatefulSet",
            Duration.ofSeconds(20),
            object,
            now ->
                now.getStatus() != null
                    && Integer.valueOf(2).equals(now.getStatus().getReadyReplicas()));
    assertThat(cluster.incarnations()).isEqualTo(pods);
  }

  @Test
  void letsTheRoleInWithTheSecretThatReplacesADeletedOne() {
    Secret old = cluster.secret("app").get();

    cluster.secret("app").delete();

    awaitBack(cluster.secret("app"), "deleted Secret of a role", now -> isNew(now, old));
    cluster.awaitAnswer("app", "app", "SELECT 1", "1", LIMIT);
  }

  @Test
  void givesTheRoleThePasswordThatSomebodyPutIntoItsSecret() {
    String chosen = Base64.getEncoder().encodeToString(CHOSEN.getBytes(StandardCharsets.UTF_8));

    patch(cluster.secret("app"), "{\"data\":{\"password\":\"" + chosen + "\"}}");

    cluster.awaitAnswer("app", "app", "SELECT 1", "1", LIMIT);
    assertThat(cluster.login("app", "app").password().equals(CHOSEN)).isTrue();
  }

  @Test
  @Order(Integer.MAX_VALUE) // a pod more comes and goes
  void setsBackTheNumberOfReplicas() {
    Resource<StatefulSet> object = scene.object(StatefulSet.class, cluster.name());

    patch(object, "{\"spec\":{\"replicas\":3}}");

    awaitBack(
        object, "changed replicas of the StatefulSet", now -> now.getSpec().getReplicas() == 2);
    cluster.awaitRunning();
  }

  @Test
  void setsBackARemovedLabelAndAChangedSelector() {
    Resource<Service> replicas = scene.object(Service.class, "orders-repl");

    patch(
        replicas,
        "{\"metadata\":{\"labels\":{\"team\":null}},\"spec\":{\"selector\":{\"spilo-role\":\"nobody\"}}}");

    awaitBack(
        replicas,
        "removed label and changed selector of a Service",
        now ->
            "acid".equals(now.getMetadata().getLabels().get("team"))
                && "replica".equals(now.getSpec().getSelector().get("spilo-role")));
  }

  @Test
  void leavesForeignLabelsAlone() {
    Resource<Service> service = scene.object(Service.class, "orders-repl");

    patch(
        service,
        "{\"metadata\":{\"labels\":{\"somebody\":\"else\"}},\"spec\":{\"selector\":{\"spilo-role\":\"nobody\"}}}");

    awaitBack(
        service,
        "changed selector",
        now -> "replica".equals(now.getSpec().getSelector().get("spilo-role")));
    assertThat(service.get().getMetadata().getLabels()).containsEntry("somebody", "else");
  }

  private <T extends HasMetadata> void awaitBack(
      Resource<T> object, String what, Predicate<T> good) {
    long began = System.nanoTime();
    scene
        .waiting()
        .forObject(
            "back after: " + what,
            Duration.ofSeconds(30),
            object,
            now -> now != null && good.test(now));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    Figures.tell(what + ", until it is back", took);
    assertThat(took).isLessThan(LIMIT);
  }

  private static boolean isNew(HasMetadata now, HasMetadata old) {
    return !now.getMetadata().getUid().equals(old.getMetadata().getUid());
  }

  private static <T extends HasMetadata> void patch(Resource<T> object, String patch) {
    object.patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }
}
