package dev.pgoperator.kube;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch of a kind that may not be defined: it begins when it is. */
final class DefinedLater implements Watches.Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(DefinedLater.class);

  /** How often it is asked for a kind that is not defined. */
  private static final long LOOK_AGAIN_MS = 60_000;

  private final Vertx vertx;
  private final Supplier<Future<Boolean>> defined;
  private final Supplier<Watches.Subscription> begin;
  private final Promise<Void> listed = Promise.promise();
  private Optional<Watches.Subscription> begun = Optional.empty(); // guarded by this
  private boolean ended; // guarded by this

  DefinedLater(
      Vertx vertx, Supplier<Future<Boolean>> defined, Supplier<Watches.Subscription> begin) {
    this.vertx = vertx;
    this.defined = defined;
    this.begin = begin;
  }

  /** Begins, or looks again later. */
  void look() {
    defined
        .get()
        .onSuccess(yes -> decide(yes))
        .onFailure(
            failure -> {
              LOG.warn("whether a kind is defined is not known: {}", failure.getMessage());
              lookAgain();
            });
  }

  private void decide(boolean isDefined) {
    if (isDefined) {
      begin();
    } else {
      listed.tryComplete(); // there are none
      lookAgain();
    }
  }

  private synchronized void begin() {
    if (!ended) {
      Watches.Subscription now = begin.get();
      begun = Optional.of(now);
      now.listed().onSuccess(listed::tryComplete);
    }
  }

  private synchronized void lookAgain() {
    if (!ended) {
      vertx.setTimer(LOOK_AGAIN_MS, tick -> look());
    }
  }

  @Override
  public Future<Void> listed() {
    return listed.future();
  }

  @Override
  public synchronized void end() {
    ended = true;
    begun.ifPresent(Watches.Subscription::end);
  }
}
