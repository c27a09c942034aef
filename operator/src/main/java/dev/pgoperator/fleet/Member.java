package dev.pgoperator.fleet;

import dev.pgoperator.cluster.ClusterVerticle.Work;
import dev.pgoperator.cluster.Mailbox;
import io.vertx.core.Future;

/** One cluster of the fleet. What it knows lasts longer than any verticle that works for it. */
sealed interface Member {
  Mailbox mailbox();

  /** Used by one verticle at a time. */
  Work work();

  /**
   * A verticle works for it.
   *
   * @param deployment gives the verticle's id when it has started
   */
  record Awake(Mailbox mailbox, Work work, Future<String> deployment) implements Member {}

  /** Nothing has happened to it for a while, and nothing waits. */
  record Asleep(Mailbox mailbox, Work work) implements Member {}
}
