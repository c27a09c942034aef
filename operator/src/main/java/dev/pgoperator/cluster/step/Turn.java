package dev.pgoperator.cluster.step;

import dev.pgoperator.pace.Claim;
import dev.pgoperator.pace.Lane;
import dev.pgoperator.pace.Limits;
import dev.pgoperator.pace.Permits;
import dev.pgoperator.pg.Cancellation;
import dev.pgoperator.pg.PgFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One cluster's turn to be worked on: its place among those that run, and what ends it early.
 *
 * <p>What only looks is broken off by an edit in the middle. What changes something outside is
 * waited for, because a change that was left behind could arrive after a newer one; the exception
 * is a database, where closing the connection ends the change. While a turn waits for a server
 * outside, its place is free for others.
 */
public final class Turn {
  private final Limits limits;
  private Claim claim;
  private final BooleanSupplier over;
  private final BooleanSupplier handedOver;
  private final Cancellation byAnything = new Cancellation();
  private final Cancellation byDeletion = new Cancellation();
  private final Promise<Void> stopped = Promise.promise();
  private Optional<Permits.Ticket> place = Optional.empty();
  private boolean left;

  /**
   * @param over tells, between two steps, whether to give way
   */
  public Turn(Limits limits, Claim claim, BooleanSupplier over) {
    this(limits, claim, over, () -> false);
  }

  /**
   * @param over tells, between two steps, whether to give way
   * @param handedOver tells whether another operator pod may work for the cluster already
   */
  public Turn(Limits limits, Claim claim, BooleanSupplier over, BooleanSupplier handedOver) {
    this.limits = limits;
    this.claim = claim;
    this.over = over;
    this.handedOver = handedOver;
  }

  /** On whose behalf. */
  public Claim claim() {
    return claim;
  }

  /** Whether to give way now. */
  public boolean over() {
    return over.getAsBoolean() || handedOver.getAsBoolean();
  }

  /** The work was left unfinished, to give way. */
  public void leave() {
    left = true;
  }

  /** Whether {@link #leave} was called. */
  public boolean wasLeft() {
    return left;
  }

  /** It is as urgent as this from now on, if it was less so. */
  public void hurry(Lane lane) {
    if (lane.compareTo(claim.lane()) < 0) {
      claim = new Claim(lane, claim.group());
      place.ifPresent(queued -> queued.hurry(lane));
    }
  }

  /** An edit came: what only looks, or can be broken off without harm, ends at once. */
  public void edited() {
    hurry(Lane.PERSON);
    byAnything.cancel();
    stopped.tryComplete();
  }

  /** A deletion came: also what would be a pity to break off ends. */
  public void deleted() {
    edited();
    byDeletion.cancel();
  }

  /** Queues for a place among those that run; done as soon as there is one. */
  public Future<Void> begin() {
    Permits.Ticket queued = limits.syncs().acquire(claim);
    place = Optional.of(queued);
    return queued.granted().mapEmpty();
  }

  private void resume() {
    Permits.Ticket queued = limits.syncs().resume(claim);
    place = Optional.of(queued);
    Await.await("wait for a place", queued.granted());
  }

  /** Gives the place back. */
  public void end() {
    place.ifPresent(Permits.Ticket::withdraw);
    place = Optional.empty();
  }

  /**
   * The answer to a question, which changes nothing.
   *
   * @param what names the question, for the failure's text
   * @throws StepFailed when the future failed
   * @throws Preempted when something more important came before the answer
   */
  <T> T look(String what, Future<T> answer) {
    return aside(() -> answer(what, answer));
  }

  /** Work in a database that the next sync goes on with where this one ended. */
  <T> T session(String what, Function<Cancellation, Future<T>> work) {
    return aside(() -> inSession(what, byAnything, work));
  }

  /** Work in a database that only a deletion may break off. */
  <T> T lastingSession(String what, Function<Cancellation, Future<T>> work) {
    return aside(() -> inSession(what, byDeletion, work));
  }

  private <T> T inSession(
      String what, Cancellation cancellation, Function<Cancellation, Future<T>> work) {
    Permits.Ticket session = limits.sessions().acquire(claim);
    try {
      answer("wait for a session", session.granted());
      if (handedOver.getAsBoolean()) {
        throw Preempted.handedOver(what);
      }
      return Await.await(what, work.apply(cancellation));
    } catch (StepFailed failure) {
      if (failure.getCause() instanceof PgFailure.Cancelled) {
        throw new Preempted(what);
      }
      throw failure;
    } finally {
      session.withdraw();
    }
  }

  private <T> T answer(String what, Future<T> answer) {
    Future<Void> answered = answer.transform(done -> Future.succeededFuture());
    Await.await(what, Future.any(answered, stopped.future()));
    if (!answer.isComplete()) {
      throw new Preempted(what);
    }
    return Await.await(what, answer);
  }

  /**
   * Waits without a place, so that a server which never answers holds up nobody else; when too many
   * do that, with it.
   */
  private <T> T aside(Supplier<T> waiting) {
    boolean forPerson = claim.lane() == Lane.PERSON;
    Optional<Permits.Permit> room = forPerson ? Optional.empty() : limits.aside().ifFree();
    if (place.isEmpty() || (room.isEmpty() && !forPerson)) {
      room.ifPresent(Permits.Permit::release);
      return waiting.get();
    }
    end();
    T result;
    try {
      result = holding(room, waiting);
    } catch (RuntimeException failure) {
      resume(); // not after an interrupt, which is none: the verticle is being stopped
      throw failure;
    }
    resume();
    return result;
  }

  private static <T> T holding(Optional<Permits.Permit> room, Supplier<T> waiting) {
    try {
      return waiting.get();
    } finally {
      room.ifPresent(Permits.Permit::release);
    }
  }
}
