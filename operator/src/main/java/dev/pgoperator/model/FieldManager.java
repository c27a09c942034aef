package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;

/**
 * The field manager (Kubernetes documentation, "Server-Side Apply") under whose name fields are
 * ours, and what {@code metadata.managedFields} says of it.
 */
public final class FieldManager {

  /**
   * Also the manager name of the reference, which wrote by update; ours are the entries with
   * operation Apply.
   */
  public static final String NAME = "postgres-operator";

  private FieldManager() {}

  /** Whether the entry tells of fields of the object itself that were written under this name. */
  static boolean wrote(ManagedFieldsEntry entry) {
    boolean whole = entry.getSubresource() == null || entry.getSubresource().isEmpty();
    return NAME.equals(entry.getManager()) && whole && entry.getFieldsV1() != null;
  }

  /** Whether it was by an apply, as only this operator does it. */
  static boolean applied(ManagedFieldsEntry entry) {
    return wrote(entry) && "Apply".equals(entry.getOperation());
  }

  /** Whether this operator has applied the object before. */
  public static boolean hasApplied(HasMetadata live) {
    return live.getMetadata().getManagedFields().stream().anyMatch(FieldManager::applied);
  }
}
