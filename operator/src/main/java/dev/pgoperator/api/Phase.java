package dev.pgoperator.api;

/**
 * The values of {@code status.PostgresClusterStatus} that existing tools look for (api.md §1.4).
 */
public enum Phase {
  UNKNOWN(""),
  CREATING("Creating"),
  CREATE_FAILED("CreateFailed"),
  UPDATING("Updating"),
  UPDATE_FAILED("UpdateFailed"),
  SYNC_FAILED("SyncFailed"),
  RUNNING("Running"),
  INVALID("Invalid");

  private final String text;

  Phase(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** {@link #UNKNOWN} for anything that is not one of ours. */
  public static Phase of(String text) {
    for (Phase phase : values()) {
      if (phase.text.equals(text)) {
        return phase;
      }
    }
    return UNKNOWN;
  }

  public boolean isFailure() {
    return switch (this) {
      case CREATE_FAILED, UPDATE_FAILED, SYNC_FAILED -> true;
      case UNKNOWN, CREATING, UPDATING, RUNNING, INVALID -> false;
    };
  }
}
