package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.ServerRestart;
import dev.pgoperator.model.StartParameters;
import dev.pgoperator.model.Streams;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.MemberStatus;
import dev.pgoperator.patroni.PendingRestart;
import dev.pgoperator.patroni.Restart;
import dev.pgoperator.patroni.RestartOrder;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Restarts PostgreSQL inside its pods, through Patroni, where changed parameters wait for it: one
 * member at a time, in an order that is safe (decided by {@link ServerRestart}). Pods that are to
 * be replaced anyway come first; their servers start with the newest parameters.
 */
public final class RestartMembers implements Step {
  private static final String REASON = "RestartPending";
  private static final String NONE = "no restart is pending";

  /** Begins the facts that name pods that were restarted for the newest parameters. */
  static final String RESTARTED = "restarted ";

  private static final String ALONE = "replicas that wait for a restart without their primary";
  private static final String LOOKED = "looked for pending restarts";
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Override
  public Outcome run(SyncContext context) {
    if (context.memory().underway().isBusy()) {
      return new Outcome.Skipped(Underway.BUSY);
    }
    if (!context.anyRole()) {
      return new Outcome.Skipped("no member has a role yet");
    }
    if (RollPods.isDue(context)) {
      return new Outcome.Skipped("pods are being replaced");
    }
    String fingerprint = fingerprint(context);
    if (!context.thorough() && context.memory().knows(NONE, fingerprint)) {
      return Outcome.done();
    }
    if (pending(Statuses.askThoseWithRole(context)).isEmpty()) {
      return none(context, fingerprint);
    }
    Members members = Members.ask(context);
    Map<String, PendingRestart.Needed> pending = pending(members.each());
    return pending.isEmpty() ? none(context, fingerprint) : act(context, members, pending);
  }

  /**
   * Members say that they wait for a restart only after their next loop. Whoever has sent the
   * parameters knows until when that may take; an operator that starts anew looks as long as that.
   */
  private static Outcome none(SyncContext context, String fingerprint) {
    context.memory().stopSince(ALONE);
    Instant now = context.ports().clock().instant();
    Instant until = context.memory().restartsExpectedUntil();
    if (until.isAfter(now)) {
      // One that was restarted since then may, seldom, have started with the former parameters.
      return eachWasRestarted(context)
          ? new Outcome.LookAgain(Duration.between(now, until))
          : new Outcome.RetryAfter(LOOK, REASON, "Patroni is taking up the new parameters");
    }
    Duration rest = SyncPatroni.TAKEN_UP.minus(lookedFor(context, fingerprint, now));
    if (mayWait(context) && rest.isPositive()) {
      return new Outcome.LookAgain(rest);
    }
    context.memory().remember(NONE, fingerprint);
    return Outcome.done();
  }

  private static Duration lookedFor(SyncContext context, String fingerprint, Instant now) {
    if (!context.memory().knows(LOOKED, fingerprint)) {
      context.memory().remember(LOOKED, fingerprint);
      context.memory().stopSince(LOOKED);
    }
    return Duration.between(context.memory().since(LOOKED, now), now);
  }

  private static boolean eachWasRestarted(SyncContext context) {
    return context.pods().stream()
        .allMatch(pod -> context.memory().knows(RESTARTED + pod.uid(), ""));
  }

  private static boolean mayWait(SyncContext context) {
    return Streams.areWanted(context.blueprint())
        || context.blueprint().spec().server().postgresql().parameters().keySet().stream()
            .anyMatch(StartParameters::contain);
  }

  private static Map<String, PendingRestart.Needed> pending(Statuses members) {
    Map<String, PendingRestart.Needed> pending = new TreeMap<>();
    for (Map.Entry<String, MemberStatus> member : members.byPod().entrySet()) {
      if (member.getValue().pendingRestart() instanceof PendingRestart.Needed needed) {
        pending.put(member.getKey(), needed);
      }
    }
    return pending;
  }

  private static Outcome act(
      SyncContext context, Members members, Map<String, PendingRestart.Needed> pending) {
    context.memory().forget(NONE);
    boolean primaryFirst = RestartOrder.of(pending.values()) == RestartOrder.PRIMARY_FIRST;
    if (primaryFirst && mayComeLater(context, members, pending.keySet())) {
      return new Outcome.RetryAfter(
          LOOK, REASON, text(pending) + " once the primary has taken up the new parameters");
    }
    var plan = new ServerRestart(members.instances(pod -> false), pending.keySet(), primaryFirst);
    return switch (plan.next()) {
      case ServerRestart.Next.Nothing() -> Outcome.done();
      case ServerRestart.Next.Await(var why) ->
          new Outcome.RetryAfter(LOOK, REASON, text(pending) + " once that is over: " + why);
      case ServerRestart.Next.Restart(var name, var leads) -> {
        PodState pod = members.pod(name).orElseThrow();
        yield Interruption.postponed(context, text(pending))
            .or(() -> Appointment.first(context, members, pod, REASON))
            .orElseGet(() -> restart(context, pod, leads, text(pending)));
      }
    };
  }

  /**
   * Whether the primary, which has to be restarted before the others, perhaps has not heard of it
   * yet: each member learns of new parameters in its own loop. A replica that is restarted before
   * its primary keeps the larger limit and waits for a restart again.
   */
  private static boolean mayComeLater(SyncContext context, Members members, Set<String> pending) {
    Optional<PodState> leader = members.leader();
    if (leader.isEmpty()
        || pending.contains(leader.get().name())
        || context.memory().knows(RESTARTED + leader.get().uid(), "")) {
      context.memory().stopSince(ALONE);
      return false;
    }
    Instant now = context.ports().clock().instant();
    Duration waited = Duration.between(context.memory().since(ALONE, now), now);
    return waited.compareTo(SyncPatroni.TAKEN_UP) < 0;
  }

  /** Patroni answers when PostgreSQL accepts connections again; only this role is meant. */
  private static Outcome restart(SyncContext context, PodState pod, boolean leads, String why) {
    context.journal().tell("Update", "restarting PostgreSQL in " + pod.name() + ": " + why);
    Restart order = leads ? Restart.ifPending() : Restart.ifPending().as(Restart.Role.REPLICA);
    Future<?> end =
        context
            .answers()
            .order(patroni -> patroni.restart(MemberAddress.of(pod.address()), order))
            .onSuccess(
                result ->
                    context.journal().tell("Update", "restarted PostgreSQL in " + pod.name()));
    context.memory().remember(RESTARTED + pod.uid(), "");
    return context
        .memory()
        .underway()
        .begin("Restarting", "PostgreSQL in " + pod.name() + " is being restarted", end);
  }

  private static String text(Map<String, PendingRestart.Needed> pending) {
    String parameters =
        pending.values().stream()
            .flatMap(needed -> needed.reasons().keySet().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return "a restart of PostgreSQL" + (parameters.isEmpty() ? "" : " for " + parameters);
  }

  /** Changes whenever there could be something to do. */
  private static String fingerprint(SyncContext context) {
    var spec = context.blueprint().spec();
    return spec.server().postgresql().parameters()
        + " "
        + Streams.areWanted(context.blueprint())
        + " "
        + context.pods().stream().map(pod -> pod.uid() + pod.role()).toList();
  }
}
