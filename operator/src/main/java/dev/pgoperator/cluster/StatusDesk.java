package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Deprecation;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.api.Origin;
import dev.pgoperator.api.Phase;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.api.Problem;
import dev.pgoperator.cluster.step.Await;
import dev.pgoperator.cluster.step.Journal;
import dev.pgoperator.cluster.step.Ports;
import io.fabric8.kubernetes.api.model.Condition;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes the status of one manifest, and only when it says something new. Remembers what was
 * written last.
 */
final class StatusDesk {
  private final Ports ports;
  private final ClusterId id;
  private ClusterStatus written;
  private Future<Boolean> underWay = Future.succeededFuture(true);

  StatusDesk(Ports ports, ClusterId id, ClusterStatus found) {
    this.ports = ports;
    this.id = id;
    this.written = found;
  }

  ClusterStatus written() {
    return written;
  }

  /** What to say of a manifest that is acted on. */
  StatusReport report(Postgresql cluster) {
    return report(cluster.origin(), cluster.spec().outline().deprecated());
  }

  private StatusReport report(Origin origin, List<Deprecation> deprecated) {
    return new StatusReport(
        new Conditions(written, origin.generation(), ports.clock().instant()), deprecated);
  }

  /** Whether the status says already which fields of this manifest are deprecated. */
  boolean knowsDeprecated(Origin origin) {
    return written.conditions().stream()
        .filter(known -> StatusReport.DEPRECATED.equals(known.getType()))
        .anyMatch(known -> Objects.equals(known.getObservedGeneration(), origin.generation()));
  }

  /** Whether something waits for a maintenance window. */
  boolean isPostponed() {
    return written.conditions().stream()
        .anyMatch(known -> StatusReport.POSTPONED.equals(known.getType()));
  }

  /**
   * Says of a manifest that it cannot be acted on, and why; with an Event for each new form of it.
   */
  void rejected(Manifest.Malformed malformed) {
    boolean known =
        written.knownPhase() == Phase.INVALID
            && written.observedGeneration() == malformed.origin().generation();
    write(report(malformed.origin(), List.of()).invalid(malformed.problems()));
    if (!known) {
      String problems =
          malformed.problems().stream().map(Problem::text).collect(Collectors.joining("; "));
      new Journal(ports.kube(), ports.clock(), id, malformed.origin().version())
          .warn("Invalid", "the manifest is not acted on: " + problems);
    }
  }

  /**
   * Writes the status unless it is what was written last, without waiting: what follows is not held
   * up by news of its own beginning. The next {@link #write} waits for it.
   */
  void announce(ClusterStatus next) {
    if (!same(written, next)) {
      underWay = ports.kube().applyStatus(id, content(next));
      written = next;
      ports.chronicle().said(id, next);
    }
  }

  /** Writes the status unless it is what was written last. */
  void write(ClusterStatus next) {
    Future<Boolean> before = underWay;
    underWay = Future.succeededFuture(true);
    boolean lost =
        !Await.await(
            "write the status", before.transform(done -> Future.succeededFuture(done.succeeded())));
    if (lost || !same(written, next)) {
      Await.await("write the status", ports.kube().applyStatus(id, content(next)));
      written = next;
    }
    ports.chronicle().said(id, next);
  }

  private static boolean same(ClusterStatus a, ClusterStatus b) {
    return a.phase().equals(b.phase())
        && a.observedGeneration() == b.observedGeneration()
        && facts(a.conditions()).equals(facts(b.conditions()));
  }

  private static List<List<Object>> facts(List<Condition> conditions) {
    return conditions.stream()
        .map(c -> List.<Object>of(c.getType(), c.getStatus(), c.getReason(), c.getMessage()))
        .toList();
  }

  private static Map<String, Object> content(ClusterStatus status) {
    return Map.of(
        "PostgresClusterStatus",
        status.phase(),
        "observedGeneration",
        status.observedGeneration(),
        "conditions",
        status.conditions());
  }
}
