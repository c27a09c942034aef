package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One cluster as its user meets it: a manifest, its status, its secrets and its database. */
final class PostgresCluster {
  static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("acid.zalan.do")
          .withVersion("v1")
          .withKind("postgresql")
          .withPlural("postgresqls")
          .withNamespaced(true)
          .build();

  /** Annotation of a pod that has to be replaced. */
  private static final String CONDEMNED = "zalando-postgres-operator-rolling-update-required";

  static final Duration CREATION = Duration.ofSeconds(150);
  private static final int POSTGRES = 5432;

  private final Run run;
  private final String namespace;
  private final String name;
  private final Wait wait;
  private final Sql sql;

  PostgresCluster(Run run, String namespace, String name) {
    this.run = run;
    this.namespace = namespace;
    this.name = name;
    this.wait = new Wait(() -> Diagnosis.withOperators(run.client(), namespace));
    this.sql = new Sql(run.vertx());
  }

  String name() {
    return name;
  }

  Resource<GenericKubernetesResource> resource() {
    return run.client().genericKubernetesResources(KIND).inNamespace(namespace).withName(name);
  }

  /** Deletes the manifest and waits until nothing is left of what runs. */
  void delete() {
    resource().delete();
    waiting()
        .until(
            name + " is gone",
            Duration.ofMinutes(1),
            () ->
                pods().isEmpty()
                    && run.client().services().inNamespace(namespace).withName(name).get() == null);
  }

  /** Changes the manifest by a JSON merge patch. */
  void edit(String patch) {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /**
   * Asks for a pod to be replaced, as a person does. A merge patch, because Patroni changes its
   * pods at any time.
   */
  void condemn(Pod pod) {
    run.client()
        .pods()
        .inNamespace(namespace)
        .withName(pod.getMetadata().getName())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"true\"}}}".formatted(CONDEMNED));
  }

  /** Changes one parameter of PostgreSQL in the manifest. */
  void editParameter(String parameter, String value) {
    edit(
        "{\"spec\":{\"postgresql\":{\"parameters\":{\"%s\":\"%s\"}}}}".formatted(parameter, value));
  }

  /** The end of a successful creation or edit. */
  PostgresCluster awaitRunning() {
    awaitPhase("Running", CREATION);
    return this;
  }

  /** Waits for a phase that speaks of the newest manifest. */
  void awaitPhase(String phase, Duration limit) {
    wait.forObject(
        name + " is " + phase,
        limit,
        resource(),
        now -> now != null && Status.isCurrent(now) && Status.of(now).phase().equals(phase));
  }

  Status status() {
    return Status.of(resource().get());
  }

  Map<String, String> labels() {
    return Map.of("application", "spilo", "cluster-name", name);
  }

  List<Pod> pods() {
    return run.client().pods().inNamespace(namespace).withLabels(labels()).list().getItems();
  }

  /** Each pod by name, with what changes when it is another one. */
  Map<String, String> uids() {
    Map<String, String> uids = new TreeMap<>();
    pods().forEach(pod -> uids.put(pod.getMetadata().getName(), pod.getMetadata().getUid()));
    return uids;
  }

  /** Of the manifest. */
  Optional<String> annotation(String key) {
    return Optional.ofNullable(resource().get().getMetadata().getAnnotations())
        .map(annotations -> annotations.get(key));
  }

  Pod pod(String name) {
    return run.client().pods().inNamespace(namespace).withName(name).get();
  }

  /** Waits until there are so many pods, and Patroni has given each a role. */
  void awaitRoles(int count, Duration limit) {
    wait.until(
        count + " pods have a role",
        limit,
        () -> {
          List<Pod> pods = pods();
          return pods.size() == count && pods.stream().noneMatch(pod -> role(pod).isEmpty());
        });
  }

  /** Where applications find the primary. */
  InetSocketAddress service() {
    Service service = run.client().services().inNamespace(namespace).withName(name).get();
    return new InetSocketAddress(service.getSpec().getClusterIP(), POSTGRES);
  }

  /** Begins to append rows as an application does that knows the service and its secret. */
  Appender startWriting() {
    return Appender.start(run.vertx(), service(), login("app", "app"));
  }

  /** Waits until a condition of the status says this in its reason or message. */
  void awaitCondition(String type, String text, Duration limit) {
    wait.until(
        type + " says " + text,
        limit,
        () ->
            Optional.ofNullable(status().conditions().get(type))
                .filter(one -> (one.reason() + ": " + one.message()).contains(text))
                .isPresent());
  }

  /** Each pod by name, with what changes when it or one of its containers is another one. */
  Map<String, String> incarnations() {
    Map<String, String> pods = new TreeMap<>();
    pods()
        .forEach(
            pod ->
                pods.put(
                    pod.getMetadata().getName(),
                    pod.getMetadata().getUid()
                        + pod.getStatus().getContainerStatuses().stream()
                            .map(c -> c.getContainerID())
                            .toList()));
    return pods;
  }

  static String role(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels())
        .map(labels -> labels.get("spilo-role"))
        .orElse("");
  }

  /** The pod that Patroni has made the primary. */
  Pod primary() {
    return wait.forAnswer(
        name + " has one primary",
        Duration.ofMinutes(1),
        Duration.ofMillis(50),
        () -> pods().stream().filter(pod -> role(pod).equals("master") && isUp(pod)).findFirst());
  }

  static boolean isUp(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null && pod.getStatus().getPodIP() != null;
  }

  /**
   * The name of the secret of a role (behaviour of the reference, which users' applications refer
   * to).
   */
  String secretName(String role) {
    return role.replace('_', '-') + "." + name + ".credentials.postgresql.acid.zalan.do";
  }

  Resource<Secret> secret(String role) {
    return run.client().secrets().inNamespace(namespace).withName(secretName(role));
  }

  Optional<Login> knownLogin(String role, String database) {
    return Optional.ofNullable(secret(role).get()).map(secret -> login(secret, database));
  }

  /** As an application would: with what the secret says. */
  Login login(String role, String database) {
    return knownLogin(role, database)
        .orElseThrow(() -> new AssertionError("there is no secret " + secretName(role)));
  }

  static Login login(Secret secret, String database) {
    return new Login(text(secret, "username"), text(secret, "password"), database);
  }

  private static String text(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }

  InetSocketAddress address(Pod pod) {
    return run.doors().to(pod, POSTGRES);
  }

  /** The first column of what a statement returns on the primary. */
  List<String> query(Login login, String statement) {
    return sql.column(address(primary()), login, statement);
  }

  /** Waits until a statement gives this answer on the primary. */
  void awaitAnswer(String role, String database, String statement, String answer, Duration limit) {
    wait.forAnswer(
        "as " + role + ": " + statement + " gives " + answer,
        limit,
        Duration.ofMillis(50),
        () ->
            knownLogin(role, database)
                .flatMap(login -> sql.tried(address(primary()), login, statement))
                .filter(rows -> rows.equals(List.of(answer))));
  }

  /** What the server of one pod says of a parameter; empty when it does not answer. */
  String shows(Pod pod, String parameter) {
    return isUp(pod)
        ? sql.tried(address(pod), login("postgres", "postgres"), "SHOW " + parameter)
            .map(List::getFirst)
            .orElse("")
        : "";
  }

  /** Waits until the servers of all pods have the parameter so. */
  void awaitEverywhere(String parameter, String value, Duration limit) {
    wait.until(
        "all members of " + name + " have " + parameter + " " + value,
        limit,
        () -> pods().stream().allMatch(pod -> shows(pod, parameter).equals(value)));
  }

  /** Of the primary's WAL; another one for each promotion. */
  int timeline() {
    return Integer.parseInt(
        query(
                login("postgres", "postgres"),
                "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int")
            .getFirst());
  }

  Wait waiting() {
    return wait;
  }
}
