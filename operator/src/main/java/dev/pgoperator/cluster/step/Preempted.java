package dev.pgoperator.cluster.step;

/** A newer edit, or a deletion, is more important than what this sync was waiting for. */
public final class Preempted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Preempted(String what) {
    super(what + ": not waited for, because the manifest has changed", null, false, false);
  }
}
