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
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the status of one manifest, and only when it says something new. Remembers what was
 * written last. What is only said in other words, such as how many pods are ready, is written at
 * most every few seconds: each write costs the API server what an object costs.
 */
final class StatusDesk {
  private static final Duration WORDS = Duration.ofSeconds(5);

  private final Ports ports;
  private final ClusterId id;
  private ClusterStatus written;
  private Instant when = Instant.EPOCH;
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

  /** Whether the status says already, in these words, that a part is missing. */
  boolean knowsMissing(String why) {
    return StatusReport.saysMissing(written, why);
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
      remember(next);
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
      remember(next);
    }
    ports.chronicle().said(id, next);
  }

  /**
   * The same, but for what is only said in other words shortly after the last time.
   *
   * @param pause when another sync follows by itself, which writes what could not be written
   * @return how long that has to wait; empty when all is written
   */
  Optional<Duration> writeInTime(ClusterStatus next, Optional<Duration> pause) {
    Duration since = Duration.between(when, ports.clock().instant());
    boolean early = !since.isNegative() && since.compareTo(WORDS) < 0;
    if (early && sameFacts(written, next) && !same(written, next)) {
      ports.chronicle().said(id, next);
      return Optional.of(WORDS.minus(since));
    }
    boolean soon = pause.filter(time -> time.compareTo(WORDS) <= 0).isPresent();
    if (soon && !same(written, next) && underWay.succeeded()) {
      announce(next); // what is waited for may happen any moment
    } else {
      write(next);
    }
    return Optional.empty();
  }

  private void remember(ClusterStatus next) {
    written = next;
    when = ports.clock().instant();
  }

  private static boolean same(ClusterStatus a, ClusterStatus b) {
    return sameFacts(a, b) && words(a).equals(words(b));
  }

  private static boolean sameFacts(ClusterStatus a, ClusterStatus b) {
    return a.phase().equals(b.phase())
        && a.observedGeneration() == b.observedGeneration()
        && facts(a).equals(facts(b));
  }

  /**
   * That no pod is outdated goes without saying: a new cluster's status need not say it at once.
   */
  private static List<String> facts(ClusterStatus status) {
    return status.conditions().stream()
        .filter(one -> !one.getType().equals(StatusReport.PODS) || one.getStatus().equals("False"))
        .map(one -> one.getType() + " " + one.getStatus() + " " + one.getReason())
        .toList();
  }

  private static List<List<String>> words(ClusterStatus status) {
    return status.conditions().stream()
        .map(one -> List.of(one.getType(), one.getMessage()))
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
