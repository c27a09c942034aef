package dev.pgoperator.model;

import dev.pgoperator.config.ServerSettings.Upgrade;
import java.util.List;
import java.util.Optional;

/**
 * Whether the data of a cluster is brought to the version that its pods are configured for
 * (behaviour.md §6.2). Pure.
 *
 * @param running major version of the primary's data
 * @param wanted the version that is wished for
 * @param failedBefore whether an earlier attempt failed and nobody has looked after it since
 */
public record MajorUpgrade(
    int running, int wanted, boolean failedBefore, List<Instance> instances, int pods) {

  /** On the manifest, with the time of the last attempt that succeeded. */
  public static final String SUCCEEDED = "last-major-upgrade-success";

  /** On the manifest, with the time of the last attempt that failed. */
  public static final String FAILED = "last-major-upgrade-failure";

  public MajorUpgrade {
    instances = List.copyOf(instances);
  }

  /** What to do. */
  public sealed interface Next {
    /** It runs what it should. */
    record Nothing() implements Next {}

    /** Somebody has to do something first. */
    record Refused(String reason, String why) implements Next {}

    /** All members have to work first. */
    record Await(String why) implements Next {}

    /** Now. */
    record Begin() implements Next {}
  }

  public Next next(Blueprint b) {
    Upgrade options = b.config().server().upgrade();
    boolean off =
        options.mode().equals("off") && !options.teamAllowList().contains(b.spec().teamId());
    if (running >= wanted || off) {
      return new Next.Nothing();
    }
    String what = "PostgreSQL %d is not upgraded to %d: ".formatted(running, wanted);
    if (b.spec().isStandby()) {
      return new Next.Refused(
          "StandbyNotUpgraded",
          what + "a standby cluster is made anew with the version of its source");
    }
    if (failedBefore) {
      return new Next.Refused(
          "UpgradeFailed",
          what
              + "the last attempt failed; set the version back, or remove the annotation "
              + FAILED
              + " to try again");
    }
    Optional<Instance> unwell = instances.stream().filter(one -> !one.healthy()).findFirst();
    if (unwell.isPresent()) {
      return new Next.Await(what + "waiting, because " + unwell.get().text());
    }
    return instances.size() == pods
        ? new Next.Begin()
        : new Next.Await(what + "%d of %d pods are there".formatted(instances.size(), pods));
  }
}
