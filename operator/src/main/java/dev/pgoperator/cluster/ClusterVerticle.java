package dev.pgoperator.cluster;

import dev.pgoperator.cluster.step.Await;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Does the work of one cluster, one sync at a time, on virtual threads. The bell on the event bus
 * only says that the mailbox has something; triggers that arrive during a sync are taken together
 * after it.
 */
public final class ClusterVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterVerticle.class);

  private final Mailbox mailbox;
  private final Work work;
  private final Permits permits;
  private boolean draining; // touched only on this verticle's context
  private long retryTimer = -1; // likewise

  /** What a verticle does with what it finds in its mailbox. */
  public interface Work {

    /**
     * Runs one sync or teardown. Never throws, except when the verticle is stopped.
     *
     * @param preempted tells, between two steps, whether to give way
     */
    Next run(Pending pending, java.util.function.BooleanSupplier preempted);

    /**
     * A deletion arrived during {@link #run}: what waits for a server that hangs is not to be
     * waited for. Called on the verticle's context.
     */
    default void preempt() {}
  }

  /** What follows a piece of work. */
  public sealed interface Next {
    /** Nothing until the next trigger. */
    record Settled() implements Next {}

    /** Another look after a pause, or earlier when a trigger arrives. */
    record Again(Duration pause, Trigger why) implements Next {}

    /** The cluster is gone, with everything that was ours. */
    record Gone() implements Next {}
  }

  public ClusterVerticle(Mailbox mailbox, Work work, Permits permits) {
    this.mailbox = mailbox;
    this.work = work;
    this.permits = permits;
  }

  @Override
  public Future<?> start() {
    Future<Void> listening =
        vertx.eventBus().consumer(mailbox.address(), bell -> wake()).completion();
    // Triggers may have been merged before anybody listened.
    return listening.onSuccess(ready -> wake());
  }

  private void wake() {
    if (draining) {
      if (mailbox.deleteWaiting()) {
        work.preempt();
      }
      return; // the running drain finds it in the mailbox
    }
    draining = true;
    context.runOnContext(
        now -> drain()); // return at once, so that bells are not queued behind a sync
  }

  private void drain() {
    MDC.put("cluster", mailbox.id().toString());
    try {
      for (var pending = mailbox.take(); !pending.isEmpty(); pending = mailbox.take()) {
        runOne(pending);
      }
    } catch (Exception stopped) {
      // The verticle was undeployed while it waited; whatever it was doing is safe to be left
      // there.
      if (!(stopped instanceof InterruptedException)) {
        throw stopped;
      }
      LOG.debug("stopped in the middle of a sync");
    } finally {
      draining = false;
      MDC.remove("cluster");
    }
  }

  private void runOne(Pending pending) {
    vertx.cancelTimer(retryTimer);
    Permits.Permit permit = Await.await("wait for a permit", permits.acquire(pending.urgent()));
    try {
      switch (work.run(pending, mailbox::deleteWaiting)) {
        case Next.Settled() -> LOG.debug("settled after {}", pending.kinds());
        case Next.Again(var pause, var why) -> ringAfter(pause, why);
        case Next.Gone() -> LOG.info("cluster is gone");
      }
    } finally {
      permit.release();
    }
  }

  private void ringAfter(Duration pause, Trigger why) {
    retryTimer =
        vertx.setTimer(
            Math.max(1, pause.toMillis()),
            timer -> {
              mailbox.merge(why);
              wake();
            });
  }
}
