package dev.pgoperator.watch;

import dev.pgoperator.config.RoleObjects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The objects that define roles for many clusters, as they were seen last. Anybody may ask for them
 * at any time; only the watch of them changes it.
 */
public final class LiveRoleObjects implements Supplier<RoleObjects> {
  private volatile RoleObjects now;

  /**
   * @param home the operator's own namespace
   */
  public LiveRoleObjects(String home) {
    this.now = RoleObjects.none(home);
  }

  @Override
  public RoleObjects get() {
    return now;
  }

  /** Whether anything is different after the change. */
  synchronized boolean change(UnaryOperator<RoleObjects> change) {
    RoleObjects before = now;
    now = change.apply(before);
    return !now.equals(before);
  }
}
