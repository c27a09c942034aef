package dev.pgoperator.model;

/** The name under which we own fields by server-side apply. */
public final class FieldManager {

  /**
   * Also the manager name of the reference, which wrote by update; ours are the entries with
   * operation Apply.
   */
  public static final String NAME = "postgres-operator";

  private FieldManager() {}
}
