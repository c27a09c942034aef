package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.StartParameters;
import dev.pgoperator.patroni.ConfigChange;
import dev.pgoperator.patroni.ConfigPatch;
import dev.pgoperator.patroni.DynamicConfig;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.MemberStatus;
import dev.pgoperator.patroni.PendingRestart;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Server parameters and Patroni's own settings of a running cluster: a patch of Patroni's
 * configuration with what differs, which Patroni takes to all members. Restarts nothing: what takes
 * effect only with a restart of PostgreSQL is said until it has happened.
 */
public final class SyncPatroni implements Step {
  private static final String IN_SYNC = "Patroni's configuration";
  private static final String SLOT = "slot ";
  private static final Duration LOOP = Duration.ofSeconds(10);
  private static final Duration MARGIN = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  @Override
  public Outcome run(SyncContext context) {
    List<PodState> members =
        context.pods().stream()
            .filter(pod -> pod.reachable() && !pod.role().isEmpty())
            .sorted(Comparator.comparing(pod -> !pod.role().equals(Primary.LABEL)))
            .toList();
    if (members.isEmpty()) {
      return new Outcome.Skipped("no member has a role yet"); // the label comes with an event
    }
    String wishes = fingerprint(context.blueprint(), members);
    if (!context.thorough() && context.memory().knows(IN_SYNC, wishes)) {
      return Outcome.done();
    }
    Optional<DynamicConfig> live = read(context, members.getFirst());
    if (live.filter(DynamicConfig::initialised).isEmpty()) {
      String why = members.getFirst().name() + " does not tell Patroni's configuration";
      return new Outcome.Hindered(LOOP, "PatroniUnreachable", why);
    }
    ConfigPatch patch = change(context, members.getFirst(), live.get());
    return restarts(context, members, patch, live.get(), wishes);
  }

  /** The primary first, so that it is asked; empty when it does not answer. */
  private static Optional<DynamicConfig> read(SyncContext context, PodState member) {
    return Await.await(
        "read Patroni's configuration",
        context
            .ports()
            .patroni()
            .config(MemberAddress.of(member.address()))
            .map(Optional::of)
            .otherwise(unreachable -> Optional.empty()));
  }

  private static ConfigPatch change(SyncContext context, PodState member, DynamicConfig live) {
    ConfigPatch patch =
        PatroniWishes.patch(context.blueprint(), live, context.memory().remembered(SLOT));
    if (!patch.isEmpty()) {
      Await.await(
          "change Patroni's configuration",
          context.ports().patroni().patchConfig(MemberAddress.of(member.address()), patch));
      context.journal().tell("Patroni", "changed Patroni's configuration: " + names(patch));
    }
    Set<String> slots = context.blueprint().spec().server().patroni().slots().keySet();
    context
        .memory()
        .retain(SLOT, slots.stream().map(slot -> SLOT + slot).collect(Collectors.toSet()));
    return patch;
  }

  /** Members say so with their next loop, and until it has happened. */
  private static Outcome restarts(
      SyncContext context,
      List<PodState> members,
      ConfigPatch patch,
      DynamicConfig live,
      String wishes) {
    Set<String> announced =
        patch.changes().stream()
            .map(change -> change.path().getLast())
            .filter(StartParameters::contain)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!announced.isEmpty()) {
      Duration soon = live.loopWait().orElse(LOOP).plus(MARGIN);
      return new Outcome.Hindered(soon, "RestartPending", text(announced));
    }
    Set<String> pending = pending(context, members);
    if (!pending.isEmpty()) {
      return new Outcome.Hindered(LOOK_AGAIN, "RestartPending", text(pending));
    }
    context.memory().remember(IN_SYNC, wishes);
    return Outcome.done();
  }

  /** A member that does not answer is not known to wait for anything. */
  private static Set<String> pending(SyncContext context, List<PodState> members) {
    List<Future<Set<String>>> asked =
        members.stream()
            .map(pod -> context.ports().patroni().status(MemberAddress.of(pod.address())))
            .map(answer -> answer.map(SyncPatroni::pending).otherwise(Set.of()))
            .toList();
    Await.await("ask for pending restarts", Future.all(asked));
    Set<String> pending = new TreeSet<>();
    asked.forEach(answer -> pending.addAll(answer.result()));
    return pending;
  }

  private static Set<String> pending(MemberStatus status) {
    return switch (status.pendingRestart()) {
      case PendingRestart.NotNeeded() -> Set.of();
      case PendingRestart.Needed(var reasons) ->
          reasons.isEmpty() ? Set.of("a parameter") : reasons.keySet();
    };
  }

  private static String text(Set<String> parameters) {
    return String.join(", ", parameters)
        + " takes effect with a restart of PostgreSQL: patronictl restart --pending";
  }

  private static String names(ConfigPatch patch) {
    return patch.changes().stream().map(ConfigChange::key).collect(Collectors.joining(", "));
  }

  /** Changes whenever there could be something to do. Kept in memory only. */
  private static String fingerprint(Blueprint b, List<PodState> members) {
    var server = b.spec().server();
    return server.postgresql()
        + " "
        + server.patroni()
        + " "
        + b.config().server().consensus().failsafeMode()
        + " "
        + members.stream().map(PodState::uid).toList();
  }
}
