package dev.pgoperator.shard;

import io.vertx.core.Future;

/** Is told which shards this pod takes and which end; must not block. */
public interface Shifts {

  /** How a tenure ends. */
  enum End {
    /** In good order: its syncs may finish what they are writing. */
    GIVEN_UP,
    /** Another pod may have taken over already. */
    LOST
  }

  /** From now on this pod works for the clusters of a shard. */
  void taken(Tenure tenure);

  /**
   * This pod does not work for them any more.
   *
   * @return done when nothing that was begun for them runs here any more
   */
  Future<Void> ended(Tenure tenure, End how);
}
