package dev.pgoperator.model;

/**
 * One pod of a cluster, as whoever replaces pods or restarts servers sees it.
 *
 * @param old whether the pod has to be replaced to become what it should be
 */
public record Instance(String name, State state, boolean old) {

  /** What can be expected of it now. */
  public enum State {
    /** Its deletion has begun. */
    LEAVING("is on its way out"),
    /** Kubernetes says that a container does not run, or the pod cannot be placed. */
    BROKEN("does not run"),
    /** It runs and is no working member of the cluster yet, or not any more. */
    STARTING("is not a working member yet"),
    /** A replica that copies its data from the leader, however long that takes. */
    COPYING("copies the data of its leader"),
    /** A replica that does not stream, or lags by more than the limit. */
    BEHIND("does not stream within the lag limit"),
    /** A replica that could take over. */
    STREAMING("streams"),
    /** The primary, or the leader of a standby cluster. */
    LEADING("leads");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** Whether it is a working member of the cluster. */
    public boolean works() {
      return this == STREAMING || this == LEADING;
    }
  }

  /** A sentence for people. */
  public String text() {
    return name + " " + state.text;
  }

  boolean healthy() {
    return state.works();
  }

  boolean leads() {
    return state == State.LEADING;
  }
}
