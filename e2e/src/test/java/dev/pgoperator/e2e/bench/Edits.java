package dev.pgoperator.e2e.bench;

import dev.pgoperator.e2e.bench.Fleet.Cluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Edits of manifests, and when the operator did something about each. Both moments are the API
 * server's, from its audit log: the edits are made under a name that it records.
 */
final class Edits {
  private static final String EDITOR = "system:serviceaccount:bench:postgres-operator";

  private final Fleet fleet;
  private final KubernetesClient editor;
  private final Map<String, Cluster> bySecret = new ConcurrentHashMap<>();

  /**
   * @param editor a client whose requests the audit log keeps
   */
  Edits(Fleet fleet, KubernetesClient editor) {
    this.fleet = fleet;
    this.editor = editor;
  }

  /** Adds a user of this name to the cluster, which no other edit does. */
  void edit(Cluster cluster, String user) {
    bySecret.put(secret(cluster, user), cluster);
    fleet.addUser(editor, cluster, user);
  }

  /** How many users have no secret yet. */
  long missing(KubernetesClient client) {
    Set<String> there =
        client
            .secrets()
            .inAnyNamespace()
            .withLabel("application", "spilo")
            .list()
            .getItems()
            .stream()
            .map(one -> one.getMetadata().getNamespace() + "/" + one.getMetadata().getName())
            .collect(Collectors.toSet());
    return bySecret.keySet().stream().filter(secret -> !there.contains(secret)).count();
  }

  private static String secret(Cluster cluster, String user) {
    return cluster.namespace()
        + "/"
        + user
        + "."
        + cluster.name()
        + ".credentials.postgresql.acid.zalan.do";
  }

  /**
   * How long each edit took, in milliseconds: from the moment that the API server had answered it
   * until the operator's request for the user's secret came there.
   */
  List<Double> reactions(Requests log, Duration limit) {
    Map<Cluster, List<Instant>> accepted = new HashMap<>();
    Map<String, Instant> made = new HashMap<>();
    Consumer<Requests.Request> sort =
        request -> {
          if (request.user().equals(EDITOR) && request.verb().equals("patch")) {
            accepted
                .computeIfAbsent(
                    new Cluster(request.namespace(), request.name()), one -> new ArrayList<>())
                .add(request.answered());
          } else if (request.ofOperator() && request.resource().equals("secrets")) {
            made.putIfAbsent(request.namespace() + "/" + request.name(), request.received());
          }
        };
    Waits.until(
        "every edit has its effect",
        limit,
        () -> {
          Waits.pass(
              Duration.ofMillis(300)); // reading the log takes the processor from the operator
          accepted.clear();
          made.clear();
          log.each(sort);
          return made.keySet().containsAll(bySecret.keySet());
        });
    List<Double> took = new ArrayList<>();
    Map<Cluster, List<Instant>> effects = new HashMap<>();
    bySecret.forEach(
        (secret, cluster) ->
            effects.computeIfAbsent(cluster, one -> new ArrayList<>()).add(made.get(secret)));
    effects.forEach(
        (cluster, moments) -> {
          List<Instant> begun =
              accepted.getOrDefault(cluster, List.of()).stream().sorted().toList();
          List<Instant> ended = moments.stream().sorted().toList();
          for (int edit = 0; edit < ended.size(); edit++) {
            took.add(Duration.between(begun.get(edit), ended.get(edit)).toNanos() / 1e6);
          }
        });
    return took;
  }
}
