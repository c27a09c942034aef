package dev.pgoperator.api;

/** A switch that a manifest may leave to the operator configuration. */
public enum Toggle {
  ON,
  OFF,
  UNSET;

  public static Toggle of(boolean on) {
    return on ? ON : OFF;
  }

  public boolean isSet() {
    return this != UNSET;
  }

  /** The manifest's word if it has one, the given default otherwise. */
  public boolean or(boolean otherwise) {
    return isSet() ? this == ON : otherwise;
  }
}
