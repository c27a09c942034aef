package dev.pgoperator.fleet;

import dev.pgoperator.cluster.ClusterVerticle;
import dev.pgoperator.cluster.ClusterVerticle.Work;
import dev.pgoperator.cluster.Mailbox;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;

/** One cluster of the fleet. What it knows lasts longer than any verticle that works for it. */
sealed interface Member {
  Mailbox mailbox();

  /** Whether this process works for it, and may not any more. */
  default boolean isStale() {
    return switch (this) {
      case Awake(var post, var _, var _) -> !post.ours().getAsBoolean();
      case Asleep(var post) -> !post.ours().getAsBoolean();
      case Elsewhere _ -> false;
    };
  }

  /**
   * What a process has of a cluster that it works for.
   *
   * @param work used by one verticle at a time
   * @param ours tells whether this process may still work for it
   */
  record Post(Mailbox mailbox, Work work, BooleanSupplier ours) {}

  /**
   * A verticle works for it.
   *
   * @param deployment gives the verticle's id when it has started
   */
  record Awake(Post post, ClusterVerticle verticle, Future<String> deployment) implements Member {
    @Override
    public Mailbox mailbox() {
      return post.mailbox();
    }
  }

  /** Nothing has happened to it for a while, and nothing waits. */
  record Asleep(Post post) implements Member {
    @Override
    public Mailbox mailbox() {
      return post.mailbox();
    }
  }

  /** Another process works for it. */
  record Elsewhere(Mailbox mailbox) implements Member {}
}
