package dev.pgoperator.cluster.step;

/**
 * A step could not do its work; the cause is the failure of a port, and its text may be shown to
 * people.
 */
public final class StepFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StepFailed(String what, Throwable cause) {
    super(what + ": " + cause.getMessage(), cause);
  }

  public StepFailed(String why) {
    super(why);
  }
}
