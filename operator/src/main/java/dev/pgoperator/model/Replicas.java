package dev.pgoperator.model;

import dev.pgoperator.config.ServerSettings.Instances;

/** How many pods a cluster has (behaviour.md §1.5). */
public final class Replicas {

  private Replicas() {}

  /**
   * The manifest's number within the configured bounds; the lower bound wins over the upper one.
   */
  public static int count(Blueprint b) {
    int wanted = b.spec().numberOfInstances();
    boolean waived = b.isWaived(b.config().objects().annotations().ignoreInstanceLimitsKey());
    if (waived || (b.spec().isStandby() && wanted == 1)) {
      return wanted;
    }
    Instances bounds = b.config().server().instances();
    int capped = bounds.most() >= 0 ? Math.min(wanted, bounds.most()) : wanted;
    return bounds.least() >= 0 ? Math.max(capped, bounds.least()) : capped;
  }
}
