package dev.pgoperator.fleet;

import dev.pgoperator.api.ClusterId;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Which clusters this process works for, of all that it knows. Thread-safe. */
@FunctionalInterface
public interface Share {

  /** Of a process that is alone. */
  Share ALL = id -> Optional.of(() -> true);

  /**
   * Empty when this process does not work for the cluster now. Otherwise what tells whether it
   * still does; when that has said no, it never says yes again.
   */
  Optional<BooleanSupplier> of(ClusterId id);
}
