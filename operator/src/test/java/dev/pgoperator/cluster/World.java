package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.api.SecretText;
import dev.pgoperator.cloud.FakeDisks;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.cluster.step.Chronicle;
import dev.pgoperator.cluster.step.Ports;
import dev.pgoperator.cluster.step.Turn;
import dev.pgoperator.cluster.step.VirtualThread;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.config.RoleObjects;
import dev.pgoperator.kube.FakeKube;
import dev.pgoperator.kube.Fence;
import dev.pgoperator.kube.FollowedSecrets;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.ObjectKey;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Projection;
import dev.pgoperator.pace.Claim;
import dev.pgoperator.pace.Limits;
import dev.pgoperator.pg.PgSync;
import dev.pgoperator.pg.PgTimeouts;
import dev.pgoperator.teams.FakeTeams;
import dev.pgoperator.teams.TeamBook;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** One cluster, its work, and an API server in memory around it. */
final class World implements AutoCloseable {
  final FakeKube kube;
  final FakePatroni patroni = new FakePatroni();
  final FakeDisks disks = new FakeDisks();
  private final Vertx vertx = Vertx.vertx();
  private final ClusterId id = new ClusterId("shop", "orders");
  private final List<ClusterId> gone = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-04T12:00:00Z");
  private OperatorConfig config;
  private Inventory inventory = new Inventory(Projection::hashOfOwned);
  private Mailbox mailbox = new Mailbox(id);
  private ClusterWork work;
  private RoleObjects roleObjects = RoleObjects.none("default");
  final FakeTeams teams = new FakeTeams();
  private final TeamBook book =
      new TeamBook(teams, () -> now, (pause, action) -> {}, (team, readers) -> {});
  private boolean preempted;
  private Fence fence = Fence.OPEN;

  World() {
    this(Map.of());
  }

  /** An operator with options as a ConfigMap has them. */
  World(Map<String, String> options) {
    this(options, new FakeKube());
  }

  /** Another operator on the same API server. */
  World(Map<String, String> options, FakeKube kube) {
    this.kube = kube;
    config = OperatorConfigs.fromConfigMap(options).config();
    work = work();
  }

  private ClusterWork work() {
    var ports =
        new Ports(
            kube,
            inventory,
            new Ports.Servers(patroni, new PgSync(vertx, PgTimeouts.DEFAULT)),
            disks,
            () -> now,
            Chronicle.SILENT);
    return new ClusterWork(
        mailbox,
        ports.behind(fence),
        () -> config,
        new RoleLookup(() -> roleObjects, book),
        gone::add);
  }

  /** Another operator process begins, which may write while the fence is open. */
  void beginsBehind(Fence of) {
    fence = of;
    work = work();
  }

  FollowedSecrets followed() {
    return inventory.followed();
  }

  /** An operator that has just started and whose watches have not delivered anything. */
  void forget() {
    inventory = new Inventory(Projection::hashOfOwned);
    mailbox = new Mailbox(id);
    work = work();
  }

  /** The same, after the watch of StatefulSets has delivered. */
  void forgetAllButTheStatefulSet() {
    forget();
    kube.list(StatefulSet.class, id.namespace(), Map.of())
        .onSuccess(sets -> sets.forEach(inventory::note));
  }

  Instant now() {
    return now;
  }

  void timePasses(Duration time) {
    now = now.plus(time);
  }

  /** One that opens in an hour. */
  String windowThatIsClosed() {
    return "13:00-14:00";
  }

  void preempt() {
    preempted = true;
  }

  void nodeIs(Node node) {
    inventory.nodes().note(node);
  }

  void podAppears(Pod pod) {
    inventory.note(PodState.of(pod, "cluster-name", "spilo-role"));
  }

  /** The StatefulSet's controller has seen its newest template and made it this revision. */
  void templateBecomes(String revision) {
    StatefulSet seen =
        new StatefulSetBuilder(statefulSet())
            .editMetadata()
            .withGeneration(1L)
            .endMetadata()
            .withNewStatus()
            .withObservedGeneration(1L)
            .withUpdateRevision(revision)
            .endStatus()
            .build();
    inventory.note(seen);
    kube.seed(
        new ControllerRevisionBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(revision)
            .endMetadata()
            .withData(Map.of("spec", Map.of("template", seen.getSpec().getTemplate())))
            .build());
  }

  /** Somebody has cleared away what Kubernetes knew of an older template. */
  void templateIsForgotten(String revision) {
    kube.remove(ControllerRevision.class, "shop", revision);
  }

  StatefulSet statefulSet() {
    return kube.named(StatefulSet.class, "orders");
  }

  /** The controller makes a pod of the StatefulSet as it is now. */
  Pod podIsMade(String name, String uid, String revision) {
    var template = statefulSet().getSpec().getTemplate();
    Pod pod =
        new PodBuilder()
            .withMetadata(template.getMetadata())
            .withSpec(template.getSpec())
            .editMetadata()
            .withName(name)
            .withUid(uid)
            .addToLabels("controller-revision-hash", revision)
            .endMetadata()
            .build();
    kube.seed(pod);
    podAppears(pod);
    return pod;
  }

  void podDisappears(Pod pod) {
    inventory.forget(PodState.of(pod, "cluster-name", "spilo-role"));
  }

  Next sync(Manifest manifest) {
    mailbox.merge(new Trigger.SpecChanged(manifest));
    return run();
  }

  /** The watch tells of an object that somebody deleted. */
  void deletedByHand(Class<? extends HasMetadata> type, String name) {
    kube.remove(type, "shop", name);
    inventory.forget(ObjectKey.of(type, "shop", name), id);
  }

  /** Kubernetes lets go of what is on its way out, and the watches tell. */
  Next garbageIsCollected() {
    kube.collectGarbage().forEach(inventory::forget);
    mailbox.merge(new Trigger.ObjectChanged("gone"));
    return run();
  }

  /** Somebody changes a secret, and the watch tells of it. */
  void secretEdited(String name, String key, String value) {
    String data = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    kube.mergePatch(Secret.class, "shop", name, "{\"data\":{\"%s\":\"%s\"}}".formatted(key, data));
    inventory.note(kube.named(Secret.class, name), id);
  }

  /** The watches deliver what an API server already holds. */
  void watchesDeliver(Class<? extends HasMetadata> type) {
    var found = Objects.requireNonNull(kube.list(type, "shop", Map.of()).result());
    found.forEach(object -> inventory.note(object, id));
  }

  Next retry() {
    mailbox.merge(new Trigger.Retry("test"));
    return run();
  }

  /** As the periodic sync does, which trusts nothing that is remembered. */
  Next thoroughSync() {
    mailbox.merge(new Trigger.Resync());
    return run();
  }

  /** The administrator changes options, as in a ConfigMap; the operator runs on. */
  Next configure(Map<String, String> options) {
    config = OperatorConfigs.fromConfigMap(options).config();
    mailbox.merge(new Trigger.ConfigChanged("ConfigMap default/postgres-operator"));
    return run();
  }

  /** An administrator changes a Secret that holds infrastructure roles. */
  Next infrastructureSecret(String name, Map<String, String> content) {
    Map<String, SecretText> hidden = new HashMap<>();
    content.forEach((key, value) -> hidden.put(key, new SecretText(value)));
    roleObjects = roleObjects.withSecret(new NamespacedName("default", name), hidden);
    mailbox.merge(new Trigger.ConfigChanged(name));
    return run();
  }

  Next podEvent() {
    mailbox.merge(new Trigger.PodChanged("orders-0"));
    return run();
  }

  Next delete(String uid) {
    mailbox.merge(new Trigger.Deleted(Manifests.valid("orders", uid, 1).origin()));
    return run();
  }

  String password(String role) {
    String name = role + ".orders.credentials.postgresql.acid.zalan.do";
    Secret secret =
        Objects.requireNonNull(kube.find(Secret.class, "shop", name).result()).orElseThrow();
    return Objects.requireNonNull(secret.getData().get("password"));
  }

  private Next run() {
    return VirtualThread.run(
        vertx,
        () -> work.run(mailbox.take(), new Turn(new Limits(1, 1), Claim.NOBODY, () -> preempted)));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
