package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.ExecResult;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.MajorUpgrade;
import dev.pgoperator.model.MajorVersions;
import dev.pgoperator.model.MajorVersions.Choice;
import dev.pgoperator.model.Replicas;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Begins a major upgrade when the pods are configured for a newer version than their data is of,
 * and everything is well (decided by {@link MajorUpgrade}); {@link FollowUpgrade} sees to the rest.
 */
public final class UpgradeMajorVersion implements Step {
  private static final String SETTLED = "version of the data";
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** After that somebody looks again for a leader that answers. */
  private static final Duration UNKNOWN = Duration.ofSeconds(15);

  private static final Duration IN_TURN = Duration.ofSeconds(15);

  /** Upgrades read and write much; seen by the labels on pods, so about so many. */
  private static final int AT_ONCE = 5;

  private static final Duration RARE = Duration.ofMinutes(5);

  @Override
  public Outcome run(SyncContext context) {
    if (context.memory().underway().isBusy() || RollPods.isDue(context)) {
      return new Outcome.Skipped("pods or servers are being restarted");
    }
    String wanted = MajorVersions.wanted(context.blueprint());
    switch (new VersionHold(context).choice()) {
      case Choice.Take _ -> {}
      case Choice.Never(var version) -> {
        String why = "version %s is lower than what runs; %s is kept".formatted(wanted, version);
        return new Outcome.Hindered(RARE, "DowngradeRefused", why);
      }
      case Choice.Later(var version) -> {
        return Interruption.untilWindow(
                context, "the upgrade of PostgreSQL from %s to %s".formatted(version, wanted))
            .orElseGet(() -> new Outcome.LookAgain(LOOK)); // it opened this very moment
      }
    }
    String fingerprint =
        wanted
            + context.blueprint().config().server().upgrade()
            + context.pods().stream().map(PodState::uid).toList()
            + failedBefore(context);
    if (!context.thorough() && context.memory().knows(SETTLED, fingerprint)) {
      return Outcome.done();
    }
    if (!context.anyRole()) {
      return new Outcome.Skipped("no member has a role yet"); // the label comes with an event
    }
    OptionalInt running = Statuses.askThoseWithRole(context).majorVersion();
    if (running.isEmpty()) {
      return new Outcome.LookAgain(UNKNOWN);
    }
    int target = MajorVersions.number(wanted);
    if (running.getAsInt() >= target) {
      forgive(context);
      context.memory().remember(SETTLED, fingerprint);
      return Outcome.done();
    }
    return decide(context, target, fingerprint);
  }

  private static Outcome decide(SyncContext context, int wanted, String fingerprint) {
    Members members = Members.ask(context);
    OptionalInt known = members.each().majorVersion();
    if (known.isEmpty()) {
      return new Outcome.LookAgain(UNKNOWN);
    }
    int running = known.getAsInt();
    var upgrade =
        new MajorUpgrade(
            running,
            wanted,
            failedBefore(context),
            members.instances(pod -> false),
            Replicas.count(context.blueprint()));
    return switch (upgrade.next(context.blueprint())) {
      case MajorUpgrade.Next.Nothing() -> {
        context.memory().remember(SETTLED, fingerprint);
        yield Outcome.done();
      }
      case MajorUpgrade.Next.Refused(var reason, var why) ->
          new Outcome.Hindered(RARE, reason, why);
      case MajorUpgrade.Next.Await(var why) -> await(context, why);
      case MajorUpgrade.Next.Begin() ->
          Interruption.untilWindow(
                  context, "the upgrade of PostgreSQL from %d to %d".formatted(running, wanted))
              .or(() -> inTurn(context))
              .orElseGet(() -> begin(context, members.leader().orElseThrow(), running, wanted));
    };
  }

  /** A version that is raised for all clusters must not upgrade all at the same time. */
  private static Optional<Outcome> inTurn(SyncContext context) {
    long others = context.ports().inventory().criticalBeside(context.id());
    return others < AT_ONCE
        ? Optional.empty()
        : Optional.of(
            new Outcome.Postponed(
                IN_TURN, "the upgrade of PostgreSQL waits until others have ended: " + others));
  }

  /**
   * Within its time the upgrade is part of the edit; after that the cluster is as good as it gets.
   */
  private static Outcome await(SyncContext context, String why) {
    Instant now = context.ports().clock().instant();
    Duration limit = context.blueprint().config().operator().waits().resource().timeout();
    Duration waited = Duration.between(context.memory().since("members for an upgrade", now), now);
    return waited.compareTo(limit) < 0
        ? new Outcome.RetryAfter(Waiting.forPatroni(waited), "UpgradeWaits", why)
        : new Outcome.Hindered(Duration.ofSeconds(15), "UpgradeWaits", why);
  }

  private static Outcome begin(SyncContext context, PodState leader, int running, int wanted) {
    var script = new UpgradeScript(context, leader);
    // Before anything is marked: whoever may not run commands in pods has not begun anything.
    Await.await("look for an upgrade in " + leader.name(), script.look());
    context.memory().stopSince("members for an upgrade");
    String what = "PostgreSQL from %d to %d".formatted(running, wanted);
    FollowUpgrade.label(context, "\"true\"");
    context.journal().tell(FollowUpgrade.EVENT, "starting the upgrade of " + what);
    ExecResult started =
        Await.await("start the upgrade", script.start(context.pods().size(), wanted));
    if (!started.succeeded()) {
      FollowUpgrade.label(context, "null");
      throw new StepFailed("the upgrade script did not start in " + leader.name());
    }
    return new Outcome.RetryAfter(LOOK, "MajorVersionUpgrade", "upgrading " + what);
  }

  /**
   * What is remembered counts only until the manifest has come back with the annotation: from then
   * on it is the annotation that somebody takes away to have it tried again.
   */
  private static boolean failedBefore(SyncContext context) {
    if (!context.cluster().origin().annotation(MajorUpgrade.FAILED).isEmpty()) {
      context.memory().forget(MajorUpgrade.FAILED);
      return true;
    }
    return context.memory().knows(MajorUpgrade.FAILED, "just now");
  }

  /** The version was set back to what runs, or somebody did by hand what had failed. */
  private static void forgive(SyncContext context) {
    context.memory().forget(MajorUpgrade.FAILED);
    if (!context.cluster().origin().annotation(MajorUpgrade.FAILED).isEmpty()) {
      Await.await(
          "forget the failed upgrade",
          context
              .ports()
              .kube()
              .annotateManifest(context.id(), MajorUpgrade.FAILED, Optional.empty()));
    }
  }
}
