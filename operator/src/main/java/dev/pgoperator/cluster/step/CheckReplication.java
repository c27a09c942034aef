package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Replicas;
import dev.pgoperator.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
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

  /** The pod tells when it streams again. */
  private static final Duration RARE = Duration.ofMinutes(5);

  /** A replica that does not stream, and since when it has been seen so without a break. */
  private record Stalled(PodState pod, Instant since) {

    /** How long it is to be looked at still before anybody is told. */
    Duration rest(Instant now) {
      return MOMENT.minus(Duration.between(since, now));
    }

    boolean isMomentary(Instant now) {
      return rest(now).isPositive();
    }

    String text() {
      return pod.name()
          + " has not streamed from the primary since "
          + since.truncatedTo(ChronoUnit.SECONDS)
          + "; its own log says why";
    }
  }

  @Override
  public Outcome run(SyncContext context) {
    Instant now = context.ports().clock().instant();
    List<Stalled> stalled = stalled(context, now);
    Duration pause =
        stalled.stream()
            .filter(one -> one.isMomentary(now))
            .map(one -> one.rest(now))
            .min(Comparator.naturalOrder())
            .orElse(RARE);
    String told =
        stalled.stream()
            .filter(one -> !one.isMomentary(now))
            .map(Stalled::text)
            .collect(Collectors.joining("; "));
    if (!told.isEmpty()) {
      return new Outcome.Hindered(pause, REASON, told);
    }
    return stalled.isEmpty() ? Outcome.done() : new Outcome.LookAgain(pause);
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
        STALLED, seen.stream().map(CheckReplication::fact).collect(Collectors.toSet()));
    return seen.stream().map(pod -> new Stalled(pod, memory.since(fact(pod), now))).toList();
  }

  private static String fact(PodState pod) {
    return STALLED + pod.uid();
  }
}
