package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.StartParameters;
import dev.pgoperator.patroni.ConfigChange;
import dev.pgoperator.patroni.ConfigPatch;
import dev.pgoperator.patroni.DynamicConfig;
import dev.pgoperator.patroni.MemberAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Server parameters and Patroni's own settings of a running cluster: a patch of Patroni's
 * configuration with what differs, which Patroni takes to all members. Restarts nothing; {@link
 * RestartMembers} does where it is needed.
 */
public final class SyncPatroni implements Step {
  private static final String IN_SYNC = "Patroni's configuration";
  private static final String SLOT = "slot ";
  private static final Duration LOOP = Duration.ofSeconds(10);
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** After this time every member has taken up a change, if its loop is not made slower. */
  static final Duration TAKEN_UP = LOOP.plus(MARGIN);

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
    expectRestarts(context, patch, live.get());
    context.memory().remember(IN_SYNC, wishes);
    return Outcome.done();
  }

  /** The primary first, so that it is asked; empty when it does not answer. */
  private static Optional<DynamicConfig> read(SyncContext context, PodState member) {
    context.answers().forgetOld(); // what is written is compared with this
    return context
        .turn()
        .look(
            "read Patroni's configuration",
            context
                .answers()
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
          context
              .answers()
              .order(patroni -> patroni.patchConfig(MemberAddress.of(member.address()), patch)));
      context.journal().tell("Patroni", "changed Patroni's configuration: " + names(patch));
    }
    Set<String> slots = context.blueprint().spec().server().patroni().slots().keySet();
    context
        .memory()
        .retain(SLOT, slots.stream().map(slot -> SLOT + slot).collect(Collectors.toSet()));
    return patch;
  }

  /** Members say that they wait for a restart with their next loop. */
  private static void expectRestarts(SyncContext context, ConfigPatch patch, DynamicConfig live) {
    boolean some =
        patch.changes().stream()
            .map(change -> change.path().getLast())
            .anyMatch(StartParameters::contain);
    if (some) {
      expectRestarts(context, takenUp(live));
    }
  }

  /** Who was restarted before that may have to be again. */
  static void expectRestarts(SyncContext context, Duration within) {
    context.memory().expectRestarts(context.ports().clock().instant().plus(within));
    context.memory().retain(RestartMembers.RESTARTED, Set.of());
  }

  /** Until each member has heard of a change of this configuration. */
  static Duration takenUp(DynamicConfig live) {
    return live.loopWait().map(loop -> loop.plus(MARGIN)).orElse(TAKEN_UP);
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
        + server.standby()
        + b.spec().isStandby()
        + " "
        + b.config().server().consensus().failsafeMode()
        + " "
        + members.stream().map(PodState::uid).toList();
  }
}
