package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Replicas;
import dev.pgoperator.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells of replicas that run and do not stream: the disk of one may be full, so that whatever
 * receives the WAL ends again and again, and reads from it grow older while everything looks ready.
 * Decided from what Patroni has written on the pods; nobody is asked, and nothing is done, because
 * only a person can say what may be deleted.
 */
public final class CheckReplication implements Step {
  private static final String REASON = "ReplicaNotStreaming";

  /** Before a pod's uid, since when it has not streamed. */
  private static final String STALLED = "not streaming ";

  /** A replica that starts, or reads from an archive first, does not stream for a moment either. */
  private static final Duration MOMENT = Duration.ofSeconds(30);

  /**
   * Syncs that end early or leave this step out do not look, and a replica may stream meanwhile:
   * after a longer gap between two looks the count begins anew. While it counts it looks every
   * moment, and a busy operator may be late by another.
   */
  private static final Duration GAP = MOMENT.multipliedBy(2);

  /** What was told stands in the status and is not counted; the pod tells when it streams again. */
  private static final Duration RARE = Duration.ofMinutes(5);

  @Override
  public Outcome run(SyncContext context) {
    Instant now = context.ports().clock().instant();
    List<Stalled> stalled = stalled(context, now);
    Duration pause =
        stalled.stream()
            .map(one -> rest(one, now))
            .filter(Duration::isPositive)
            .min(Comparator.naturalOrder())
            .orElse(RARE);
    String told =
        stalled.stream()
            .filter(one -> !rest(one, now).isPositive())
            .map(Stalled::text)
            .collect(Collectors.joining("; "));
    if (!told.isEmpty()) {
      return new Outcome.Hindered(pause, REASON, told);
    }
    return stalled.isEmpty() ? Outcome.done() : new Outcome.LookAgain(pause);
  }

  /** How long it is to be looked at still before anybody is told. */
  private static Duration rest(Stalled one, Instant now) {
    return MOMENT.minus(Duration.between(one.since(), now));
  }

  private static List<Stalled> stalled(SyncContext context, Instant now) {
    int wanted = Replicas.count(context.blueprint());
    List<PodState> working =
        context.pods().stream()
            .filter(pod -> pod.ordinal() < wanted && AwaitPods.works(pod))
            .toList();
    // Without a leader there is nobody to stream from, and AwaitPods says what is missing.
    boolean led = working.stream().anyMatch(pod -> !pod.role().equals(Role.REPLICA.label()));
    List<PodState> seen = led ? working.stream().filter(PodState::stalled).toList() : List.of();
    Memory memory = context.memory();
    memory.retainSince(
        STALLED, seen.stream().map(CheckReplication::fact).collect(Collectors.toSet()), now);
    memory.expectLook(STALLED, now.plus(GAP));
    return seen.stream()
        .map(
            pod ->
                told(context, pod)
                    .orElseGet(() -> new Stalled(pod.name(), memory.since(fact(pod), now))))
        .toList();
  }

  /** As the status tells of it; unless it told of a pod that had the name before this one. */
  private static Optional<Stalled> told(SyncContext context, PodState pod) {
    return Stalled.told(context.told(), pod.name())
        .filter(one -> !one.since().isBefore(pod.place().since()));
  }

  private static String fact(PodState pod) {
    return STALLED + pod.uid();
  }
}
