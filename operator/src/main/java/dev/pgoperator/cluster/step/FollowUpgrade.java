package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Labels;
import dev.pgoperator.model.MajorUpgrade;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Follows a major upgrade that was begun, by this operator or by one before it: the label on the
 * pods says that there is one, and files in the pod say how it goes. When it is over, the result is
 * put where people and later syncs find it, and the pods are given free.
 */
public final class FollowUpgrade implements Step {
  static final String EVENT = "Major Version Upgrade";
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration EXPECTED = Duration.ofHours(1);
  private static final int LONGEST_LINE = 300;

  @Override
  public Outcome run(SyncContext context) {
    if (!Undisturbed.isCritical(context)) {
      return Outcome.done();
    }
    Map<PodState, UpgradeScript.State> states = look(context);
    for (var found : states.entrySet()) {
      switch (found.getValue()) {
        case UpgradeScript.State.Running(var line) -> {
          return running(context, line);
        }
        case UpgradeScript.State.Ended(var code, var line) -> {
          return ended(context, found.getKey(), code, line);
        }
        case UpgradeScript.State.None(), UpgradeScript.State.Unknown() -> {}
      }
    }
    boolean allSay =
        states.size() == context.pods().size()
            && states.values().stream().allMatch(UpgradeScript.State.None.class::isInstance);
    return allSay ? nowhere(context) : unknown();
  }

  private static Map<PodState, UpgradeScript.State> look(SyncContext context) {
    Map<PodState, Future<UpgradeScript.State>> asked = new LinkedHashMap<>();
    context.pods().stream()
        .filter(PodState::reachable)
        .forEach(
            pod ->
                asked.put(
                    pod,
                    new UpgradeScript(context, pod)
                        .look()
                        .otherwise(unknown -> new UpgradeScript.State.Unknown())));
    Await.await("look after the upgrade", Future.all(asked.values().stream().toList()));
    Map<PodState, UpgradeScript.State> answers = new LinkedHashMap<>();
    asked.forEach((pod, answer) -> answers.put(pod, answer.result()));
    return answers;
  }

  private static Outcome running(SyncContext context, String line) {
    Instant now = context.ports().clock().instant();
    Duration taken = Duration.between(context.memory().since(EVENT, now), now);
    if (taken.compareTo(EXPECTED) > 0 && !context.memory().knows(EVENT, "late")) {
      context.memory().remember(EVENT, "late");
      context.journal().warn(EVENT, "the upgrade runs for more than an hour; it is left alone");
    }
    return new Outcome.RetryAfter(LOOK, "MajorVersionUpgrade", "upgrading: " + shortened(line));
  }

  private static Outcome ended(SyncContext context, PodState pod, int code, String line) {
    String time = context.ports().clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String key = code == 0 ? MajorUpgrade.SUCCEEDED : MajorUpgrade.FAILED;
    Await.await(
        "note the result of the upgrade",
        context.ports().kube().annotateManifest(context.id(), key, Optional.of(time)));
    Await.await("clear up after the upgrade", new UpgradeScript(context, pod).clear());
    release(context);
    String log = "; the log is last_upgrade.log in pod " + pod.name();
    if (code == 0) {
      context.journal().tell(EVENT, "upgrade finished" + log);
      return Outcome.done();
    }
    context.memory().remember(MajorUpgrade.FAILED, "just now");
    context.journal().warn(EVENT, "upgrade failed: " + shortened(line) + log);
    throw new StepFailed("the major version upgrade failed: " + shortened(line));
  }

  /**
   * It was never started, or the pod in which it ran was made anew: the cluster is judged afresh.
   */
  private static Outcome nowhere(SyncContext context) {
    release(context);
    return Outcome.done();
  }

  private static Outcome unknown() {
    return new Outcome.RetryAfter(
        LOOK, "MajorVersionUpgrade", "not every pod can be asked how the upgrade goes");
  }

  private static void release(SyncContext context) {
    label(context, "null");
    context.memory().stopSince(EVENT);
    context.memory().forget(EVENT);
  }

  /** Puts the label of a critical operation on all pods, or takes it off. */
  static void label(SyncContext context, String value) {
    context.answers().forget();
    String patch =
        "{\"metadata\":{\"labels\":{\"%s\":%s}}}".formatted(Labels.CRITICAL_OPERATION, value);
    for (PodState pod : context.pods()) {
      Await.await(
          "mark pod " + pod.name(),
          context
              .ports()
              .kube()
              .mergePatch(Pod.class, context.id().namespace(), pod.name(), patch));
    }
  }

  private static String shortened(String line) {
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
  }
}
