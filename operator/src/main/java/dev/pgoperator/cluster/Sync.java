package dev.pgoperator.cluster;

import static dev.pgoperator.cluster.StepRunner.bestEffort;
import static dev.pgoperator.cluster.StepRunner.required;
import static java.util.Comparator.naturalOrder;

import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Deprecation;
import dev.pgoperator.api.Phase;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.cluster.step.AnnotatePods;
import dev.pgoperator.cluster.step.AwaitPods;
import dev.pgoperator.cluster.step.BringInfrastructurePasswords;
import dev.pgoperator.cluster.step.CheckReplication;
import dev.pgoperator.cluster.step.ComparePods;
import dev.pgoperator.cluster.step.ConnectAhead;
import dev.pgoperator.cluster.step.Environment;
import dev.pgoperator.cluster.step.FollowOrder;
import dev.pgoperator.cluster.step.FollowUpgrade;
import dev.pgoperator.cluster.step.GrowVolumes;
import dev.pgoperator.cluster.step.HoldManifest;
import dev.pgoperator.cluster.step.Journal;
import dev.pgoperator.cluster.step.LeaveNode;
import dev.pgoperator.cluster.step.Memory;
import dev.pgoperator.cluster.step.Outcome;
import dev.pgoperator.cluster.step.Ports;
import dev.pgoperator.cluster.step.ReportRoles;
import dev.pgoperator.cluster.step.RestartMembers;
import dev.pgoperator.cluster.step.RollPods;
import dev.pgoperator.cluster.step.RotatePasswords;
import dev.pgoperator.cluster.step.StepFailed;
import dev.pgoperator.cluster.step.SyncBudgets;
import dev.pgoperator.cluster.step.SyncContext;
import dev.pgoperator.cluster.step.SyncDatabase;
import dev.pgoperator.cluster.step.SyncLogicalBackup;
import dev.pgoperator.cluster.step.SyncPatroni;
import dev.pgoperator.cluster.step.SyncPodAccount;
import dev.pgoperator.cluster.step.SyncPooler;
import dev.pgoperator.cluster.step.SyncSecrets;
import dev.pgoperator.cluster.step.SyncServices;
import dev.pgoperator.cluster.step.SyncStatefulSet;
import dev.pgoperator.cluster.step.SyncStreams;
import dev.pgoperator.cluster.step.TellNotes;
import dev.pgoperator.cluster.step.Turn;
import dev.pgoperator.cluster.step.Undisturbed;
import dev.pgoperator.cluster.step.UpgradeMajorVersion;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.RoleSources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Brings one cluster to what its manifest says. The list of steps is what to read first. */
final class Sync {

  static final List<StepRunner.Entry> STEPS =
      List.of(
          required("hold manifest", new HoldManifest()),
          bestEffort("connect ahead", new Undisturbed(new ConnectAhead())),
          bestEffort("pod account", new SyncPodAccount()),
          required("services", new SyncServices()),
          required("secrets", new SyncSecrets()),
          bestEffort("infrastructure passwords", new BringInfrastructurePasswords()),
          bestEffort("roles", new ReportRoles()),
          required("budgets", new SyncBudgets()),
          bestEffort("volumes", new GrowVolumes()),
          required("compare pods", new ComparePods()),
          bestEffort("pod annotations", new AnnotatePods()),
          bestEffort("notes", new TellNotes()),
          required("statefulset", new Undisturbed(new SyncStatefulSet())),
          bestEffort("connection pooler", new SyncPooler()),
          bestEffort("logical backup", new SyncLogicalBackup()),
          bestEffort("database", new Undisturbed(new SyncDatabase())),
          bestEffort("password rotation", new Undisturbed(new RotatePasswords())),
          bestEffort("streams", new Undisturbed(new SyncStreams())),
          bestEffort("patroni", new Undisturbed(new SyncPatroni())),
          required("order under way", new FollowOrder()),
          required("upgrade under way", new FollowUpgrade()),
          required("rolling update", new Undisturbed(new RollPods())),
          required("restarts", new Undisturbed(new RestartMembers())),
          required("node drain", new Undisturbed(new LeaveNode())),
          required("major version upgrade", new Undisturbed(new UpgradeMajorVersion())),
          bestEffort("replication", new Undisturbed(new CheckReplication())),
          bestEffort("pods", new AwaitPods()));

  private final Postgresql cluster;
  private final OperatorConfig config;
  private final RoleSources roles;
  private final Ports ports;
  private final Memory memory;
  private final StatusDesk status;
  private final Journal journal;

  Sync(
      Postgresql cluster,
      OperatorConfig config,
      RoleSources roles,
      Ports ports,
      Memory memory,
      StatusDesk status) {
    this.cluster = cluster;
    this.config = config;
    this.roles = roles;
    this.ports = ports;
    this.memory = memory;
    this.status = status;
    this.journal =
        new Journal(ports.kube(), ports.clock(), cluster.id(), cluster.origin().version());
  }

  /**
   * One run through the steps, ending with the status.
   *
   * @param thorough whether to compare also what is remembered to be in sync
   * @param turn what the sync may take, and what ends it early
   */
  Next run(boolean thorough, Turn turn) {
    Occasion occasion = Occasion.of(status.written(), cluster.origin().generation());
    tellDeprecated();
    announce(occasion);
    List<StepResult> results = steps(occasion, thorough, turn);
    if (turn.over()) {
      turn.leave();
      return new Next.Settled(); // what waits in the mailbox is taken at once
    }
    Optional<Duration> pause = pause(results);
    Optional<Duration> rest = conclude(occasion, results, pause);
    return next(results, Stream.of(pause, rest).flatMap(Optional::stream).min(naturalOrder()));
  }

  private List<StepResult> steps(Occasion occasion, boolean thorough, Turn turn) {
    Blueprint blueprint;
    try {
      blueprint =
          new Blueprint(cluster, config, Environment.observe(cluster.id(), config, ports), roles);
    } catch (StepFailed missing) {
      return List.of(
          new StepResult.Failed("pod environment", true, String.valueOf(missing.getMessage())));
    }
    memory.follow(blueprint);
    var demand = status.isPostponed() ? SyncContext.Demand.NONE : occasion.demand();
    var errand = new SyncContext.Errand(thorough, demand, turn, status.written());
    var context = new SyncContext(blueprint, ports, memory, journal, errand);
    return StepRunner.run(STEPS, context, turn::over, this::heard);
  }

  /** Pods that differ are named before the next step writes what may replace them. */
  private void heard(StepResult result) {
    if (result instanceof StepResult.Ended(var _, Outcome.PodsSeen(var outdated))
        && !outdated.isEmpty()) {
      status.write(status.report(cluster).before(outdated));
    }
  }

  /** Once for each form of the manifest, however often the operator starts. */
  private void tellDeprecated() {
    List<Deprecation> deprecated = cluster.spec().outline().deprecated();
    if (!deprecated.isEmpty() && !status.knowsDeprecated(cluster.origin())) {
      journal.warn("Deprecated", StatusReport.text(deprecated));
    }
  }

  private void announce(Occasion occasion) {
    Phase before = status.written().knownPhase();
    if (occasion == Occasion.ROUTINE || before == occasion.underWay()) {
      return;
    }
    status.announce(status.report(cluster).underWay(occasion));
    if (occasion == Occasion.CREATION && before == Phase.UNKNOWN) {
      journal.tell("Create", "creating the cluster");
    }
  }

  /**
   * Writes the status.
   *
   * @param pause until the next sync, if one follows by itself
   * @return when the rest of it has to be written; empty when all of it is
   */
  private Optional<Duration> conclude(
      Occasion occasion, List<StepResult> results, Optional<Duration> pause) {
    List<Outcome.Hindered> untold = untold(results);
    ClusterStatus now = status.report(cluster).after(occasion, results);
    Optional<Duration> rest = Optional.empty();
    if (failure(results).isPresent()) {
      status.write(now); // the next attempt may be far away
    } else {
      rest = status.writeInTime(now, pause);
    }
    if (occasion == Occasion.CREATION && status.written().knownPhase() == Phase.RUNNING) {
      journal.tell("StatefulSet", "all pods are ready");
    }
    hindrances(results, untold);
    failure(results)
        .filter(failed -> !memory.knows("failure", failed.why()))
        .ifPresent(failed -> tell(occasion, failed));
    return rest;
  }

  /** Of what is hindered, what the status does not say yet; a new process knows it from there. */
  private List<Outcome.Hindered> untold(List<StepResult> results) {
    return StepResult.hindered(results).stream()
        .filter(part -> !status.knowsMissing(part.why()))
        .toList();
  }

  private void hindrances(List<StepResult> results, List<Outcome.Hindered> untold) {
    List<Outcome.Hindered> parts = StepResult.hindered(results);
    if (parts.isEmpty()) {
      memory.forget("hindered");
    } else if (!memory.knows("hindered", parts.toString())) {
      memory.remember("hindered", parts.toString());
      untold.forEach(part -> journal.warn(part.reason(), part.why()));
    }
  }

  /** The same failure, repeated by every attempt, is told once. */
  private void tell(Occasion occasion, StepResult.Failed failed) {
    String reason =
        switch (occasion) {
          case CREATION -> "Create";
          case EDIT -> "Update";
          case ROUTINE -> "Sync";
        };
    memory.remember("failure", failed.why());
    journal.warn(reason, failed.step() + ": " + failed.why());
  }

  private Next next(List<StepResult> results, Optional<Duration> pause) {
    if (failure(results).isPresent()) {
      Duration backoff = Backoff.after(memory.failedAgain(), cluster.id().hashCode());
      return new Next.Again(backoff, new Trigger.Retry("a step failed"));
    }
    memory.succeeded();
    memory.forget("failure");
    return pause
        .<Next>map(soon -> new Next.Again(soon, new Trigger.Retry("waiting")))
        .orElseGet(Next.Settled::new);
  }

  private static Optional<StepResult.Failed> failure(List<StepResult> results) {
    return results.stream()
        .filter(StepResult.Failed.class::isInstance)
        .map(StepResult.Failed.class::cast)
        .findFirst();
  }

  /** When to look again for what any step waits for. */
  private static Optional<Duration> pause(List<StepResult> results) {
    return results.stream().flatMap(result -> pause(result).stream()).min(naturalOrder());
  }

  /** When to look again for what the step waits for, if it does. */
  private static Optional<Duration> pause(StepResult result) {
    return switch (result) {
      case StepResult.Ended(var _, Outcome.RetryAfter wait) -> Optional.of(wait.pause());
      case StepResult.Ended(var _, Outcome.Hindered part) -> Optional.of(part.pause());
      case StepResult.Ended(var _, Outcome.LookAgain(var pause)) -> Optional.of(pause);
      case StepResult.Ended(var _, Outcome.Postponed later) -> Optional.of(later.pause());
      case StepResult.Ended _, StepResult.Failed _ -> Optional.empty();
    };
  }
}
