package dev.pgoperator.cluster.step;

/**
 * A newer edit, or a deletion, is more important than what this sync was waiting for; or the
 * cluster is another operator pod's by now.
 */
public final class Preempted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Preempted(String what) {
    this(what, "not waited for, because the manifest has changed");
  }

  private Preempted(String what, String why) {
    super(what + ": " + why, null, false, false);
  }

  /** This pod may not work for the cluster any more. */
  static Preempted handedOver(String what) {
    return new Preempted(what, "left, because another operator pod may work for the cluster now");
  }
}
