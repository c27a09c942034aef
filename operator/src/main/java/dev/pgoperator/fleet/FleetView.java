package dev.pgoperator.fleet;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.pace.Limits;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Immutable pictures of the fleet, for whoever only looks. Thread-safe. */
public final class FleetView {
  private final Fleet fleet;
  private final Observatory observatory;
  private final Limits limits;

  /**
   * One cluster.
   *
   * @param phase the status word, such as {@code Running}; empty before there is one
   * @param reason what it waits for or why it failed; empty when all is well
   * @param step the running step, or empty
   * @param since when that began
   * @param waiting kinds of triggers in its mailbox
   */
  public record Cluster(
      ClusterId id, String phase, String reason, String step, Instant since, Set<String> waiting) {
    public Cluster {
      waiting = Set.copyOf(waiting);
    }
  }

  /**
   * How many clusters are known, how many of them have a verticle, how many places for syncs are
   * free, and how many clusters wait for a place.
   */
  public record Load(int clusters, long awake, int freePermits, int waitingForPermit) {}

  public FleetView(Fleet fleet, Observatory observatory, Limits limits) {
    this.fleet = fleet;
    this.observatory = observatory;
    this.limits = limits;
  }

  public List<Cluster> clusters() {
    return fleet.known().stream().sorted().flatMap(id -> cluster(id).stream()).toList();
  }

  /** Empty when there is no such cluster. */
  public Optional<Cluster> cluster(ClusterId id) {
    return fleet
        .waiting(id)
        .map(
            pending -> {
              Observatory.Doing doing = observatory.of(id);
              Optional<ClusterStatus> elsewhere = fleet.elsewhere(id);
              return new Cluster(
                  id,
                  elsewhere.orElse(doing.status()).phase(),
                  elsewhere
                      .map(said -> "another operator pod works for it")
                      .orElseGet(() -> trouble(doing.status().conditions())),
                  doing.step(),
                  doing.since(),
                  elsewhere.isPresent() ? Set.of() : pending.kinds());
            });
  }

  /** Takes the clusters of which something has changed; some of them may be gone. */
  public Set<ClusterId> takeChanged() {
    return observatory.takeChanged();
  }

  public Load load() {
    return new Load(
        fleet.known().size(), fleet.awake(), limits.syncs().free(), limits.syncs().waiting());
  }

  private static String trouble(List<Condition> conditions) {
    return conditions.stream()
        .filter(one -> "Ready".equals(one.getType()) && !"True".equals(one.getStatus()))
        .map(one -> one.getReason() + ": " + one.getMessage())
        .findFirst()
        .orElse("");
  }
}
