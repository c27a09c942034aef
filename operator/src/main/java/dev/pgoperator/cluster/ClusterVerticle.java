package dev.pgoperator.cluster;

import dev.pgoperator.cluster.step.Turn;
import dev.pgoperator.pace.Claim;
import dev.pgoperator.pace.Limits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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

  private static final long NONE = -1;

  private final Mailbox mailbox;
  private final Work work;
  private final Limits limits;
  private final Rest rest;
  private final BooleanSupplier ours;
  // What follows is touched on this verticle's context only.
  private long retryTimer = NONE;
  private long restTimer = NONE;
  private boolean resting;
  private Phase phase = new Phase.Idle();
  private int stoppedByEdits; // in a row
  private boolean leaving;
  private Promise<Void> drained = Promise.promise();

  /** What a verticle does with what it finds in its mailbox. */
  @FunctionalInterface
  public interface Work {

    /**
     * Runs one sync or teardown. Never throws, except when the verticle is stopped.
     *
     * @param turn tells when to give way
     */
    Next run(Pending pending, Turn turn);

    /** Whether something that was begun in this verticle still goes on, and needs it. */
    default boolean goesOn() {
      return false;
    }
  }

  /**
   * How a verticle with nothing to do is given up.
   *
   * @param after how long nothing has to happen before that
   * @param granted asks for it. After true the mailbox may have another verticle, and this one
   *     leaves it alone; after false something has come
   */
  public record Rest(Duration after, BooleanSupplier granted) {}

  private sealed interface Phase {
    record Idle() implements Phase {}

    /** Nothing is taken from the mailbox before there is a place. */
    record Queued(Turn turn) implements Phase {}

    /**
     * The work runs.
     *
     * @param disturbed whether an edit may stop it already
     */
    record Running(Turn turn, boolean disturbed) implements Phase {}
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

  /**
   * @param ours tells whether this process still works for the cluster; once it does not, it never
   *     does again with this verticle
   */
  public ClusterVerticle(
      Mailbox mailbox, Work work, Limits limits, Rest rest, BooleanSupplier ours) {
    this.mailbox = mailbox;
    this.work = work;
    this.limits = limits;
    this.rest = rest;
    this.ours = ours;
  }

  @Override
  public Future<?> start() {
    Future<Void> listening =
        vertx.eventBus().consumer(mailbox.address(), bell -> wake()).completion();
    // Triggers may have been merged before anybody listened.
    return listening.onSuccess(ready -> wake());
  }

  /** Who waits for a place must not get one when nobody is there to give it back. */
  @Override
  public Future<?> stop() {
    leaving = true;
    if (phase instanceof Phase.Queued(var turn)) {
      turn.end();
    }
    return Future.succeededFuture();
  }

  /**
   * Lets what runs give way and begins nothing more. May be called on any thread, once it is
   * deployed.
   *
   * @return done when nothing runs
   */
  public Future<Void> leave() {
    Promise<Void> left = Promise.promise();
    context.runOnContext(
        now -> {
          leaving = true;
          if (phase instanceof Phase.Running(var turn, var _)) {
            drained.future().onComplete(left);
            turn.deleted();
          } else {
            left.complete(); // who waits for a place has not begun
          }
        });
    return left.future();
  }

  private boolean handedOver() {
    return leaving || !ours.getAsBoolean();
  }

  private void wake() {
    vertx.cancelTimer(restTimer);
    if (resting || handedOver()) {
      return;
    }
    switch (phase) {
      case Phase.Idle() when mailbox.waiting().isEmpty() -> settle();
      case Phase.Idle() -> queue();
      case Phase.Queued _, Phase.Running _ -> heed(); // the rest is found in the mailbox
    }
  }

  /** What has arrived may be more urgent than what is being done. */
  private void heed() {
    switch (phase) {
      case Phase.Queued(var turn) -> turn.hurry(mailbox.lane());
      case Phase.Running(var turn, var _) when mailbox.deleteWaiting() -> turn.deleted();
      case Phase.Running(var turn, var disturbed) when disturbed && mailbox.editWaiting() ->
          turn.edited();
      case Phase.Idle _, Phase.Running _ -> {}
    }
  }

  private boolean giveWay() {
    return mailbox.deleteWaiting()
        || (phase instanceof Phase.Running(var _, var disturbed)
            && disturbed
            && mailbox.editWaiting());
  }

  /** Waits for a place without a thread, because thousands may wait. */
  private void queue() {
    vertx.cancelTimer(retryTimer);
    retryTimer = NONE;
    var claim = new Claim(mailbox.lane(), mailbox.id().namespace());
    var turn = new Turn(limits, claim, this::giveWay, this::handedOver);
    phase = new Phase.Queued(turn);
    turn.begin().onSuccess(place -> context.runOnContext(now -> run(turn)));
  }

  private void run(Turn turn) {
    MDC.put("cluster", mailbox.id().toString());
    try {
      if (!handedOver()) {
        sync(turn);
      }
    } catch (Exception stopped) {
      // The verticle was undeployed while it waited; whatever it was doing is safe to be left
      // there.
      if (!(stopped instanceof InterruptedException)) {
        throw stopped;
      }
      LOG.debug("stopped in the middle of a sync");
    } finally {
      turn.end();
      phase = new Phase.Idle();
      drained.complete();
      drained = Promise.promise();
      MDC.remove("cluster");
    }
    wake(); // for what has come meanwhile
  }

  /** Nothing waits: without a trigger there will be nothing to do, unless a retry is due. */
  private void settle() {
    if (retryTimer == NONE) {
      restTimer = vertx.setTimer(Math.max(1, rest.after().toMillis()), timer -> rest());
    }
  }

  /**
   * Without an await between the last look into the mailbox and the mark, so that no bell comes
   * between them.
   */
  private void rest() {
    if (!(phase instanceof Phase.Idle) || retryTimer != NONE) {
      return; // settles again after that
    }
    if (work.goesOn()) {
      settle();
    } else if (rest.granted().getAsBoolean()) {
      resting = true;
    } else {
      wake();
    }
  }

  private void sync(Turn turn) {
    Pending pending = mailbox.take();
    boolean ended = false;
    try {
      Next next = undisturbed(turn, () -> turn.claim().bound(() -> work.run(pending, turn)));
      ended = !turn.wasLeft();
      boolean stopped = turn.wasLeft() && !mailbox.deleteWaiting();
      stoppedByEdits = stopped ? stoppedByEdits + 1 : 0;
      switch (next) {
        case Next.Settled() -> LOG.debug("settled after {}", pending.kinds());
        case Next.Again(var pause, var why) -> ringAfter(pause, why);
        case Next.Gone() -> LOG.info("cluster is gone");
      }
    } finally {
      if (!ended) {
        mailbox.putBack(pending); // also when the verticle was stopped in the middle
      }
    }
  }

  /** Lets the work run for as long as edits do not stop it, and after that until one does. */
  private Next undisturbed(Turn turn, Supplier<Next> running) {
    Duration time = EditPace.undisturbed(stoppedByEdits);
    phase = new Phase.Running(turn, time.isZero());
    if (time.isZero()) {
      return running.get();
    }
    long timer =
        vertx.setTimer(
            time.toMillis(),
            over -> {
              phase = new Phase.Running(turn, true);
              heed();
            });
    try {
      return running.get();
    } finally {
      vertx.cancelTimer(timer);
    }
  }

  private void ringAfter(Duration pause, Trigger why) {
    retryTimer =
        vertx.setTimer(
            Math.max(1, pause.toMillis()),
            timer -> {
              if (retryTimer == timer) {
                retryTimer = NONE;
              }
              mailbox.merge(why);
              wake();
            });
  }
}
