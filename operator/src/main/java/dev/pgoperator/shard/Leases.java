package dev.pgoperator.shard;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Where leases are kept. Every write is refused when somebody else has written meanwhile. */
public interface Leases {

  /** All leases of this operator: those of shards and those of its pods. */
  Future<List<Lease>> list();

  /**
   * Stores a lease that was read and changed, or a new one.
   *
   * @return as stored; empty when it is another one by now, exists already, or is gone
   */
  Future<Optional<Lease>> store(Lease changed);

  /** Deletes this very object. Succeeds when it is gone. */
  Future<Void> delete(Lease lease);
}
