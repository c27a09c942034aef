package dev.pgoperator.cluster.step;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * An order that takes its time, such as a switchover: it was given, and syncs come and go until it
 * has ended, without holding a permit. Only this process knows of it; one that starts anew looks at
 * the cluster and decides from what it finds. Used by one sync at a time.
 */
final class Underway {
  /** Why steps that give orders do nothing meanwhile. */
  static final String BUSY = "an order is being carried out";

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private Optional<Order> order = Optional.empty();

  private record Order(String reason, String what, Future<?> end) {
    Outcome awaited() {
      return new Outcome.RetryAfter(LOOK_AGAIN, reason, what);
    }
  }

  /**
   * Takes note of an order that was given.
   *
   * @param reason one word in CamelCase, for the conditions of the status
   * @param what is being done, for people
   */
  Outcome begin(String reason, String what, Future<?> end) {
    Order given = new Order(reason, what, end);
    order = Optional.of(given);
    return given.awaited();
  }

  /** Whether an order was given of which nobody knows yet how it ended. */
  boolean isBusy() {
    return order.isPresent();
  }

  /** What to say while an order has not ended. */
  Optional<Outcome> running() {
    return order.filter(one -> !one.end().isComplete()).map(Order::awaited);
  }

  /** Whether the order has not ended. */
  boolean goesOn() {
    return running().isPresent();
  }

  /** The same also of an order that has ended, until {@link #look} has told how. */
  Optional<Outcome> untold() {
    return order.map(Order::awaited);
  }

  /**
   * What to say while an order is being carried out. Empty when there is none, or it has just ended
   * well.
   *
   * @throws StepFailed once, when it has ended badly
   */
  Optional<Outcome> look() {
    Optional<Order> known = order;
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Order one = known.get();
    if (!one.end().isComplete()) {
      return Optional.of(one.awaited());
    }
    order = Optional.empty();
    if (one.end().failed()) {
      throw new StepFailed(one.what(), one.end().cause());
    }
    return Optional.empty();
  }
}
