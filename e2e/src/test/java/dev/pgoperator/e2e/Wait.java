package dev.pgoperator.e2e;

import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Waitable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waiting with a deadline, and with the state of things in the message when it passes. */
final class Wait {
  private final Supplier<String> state;

  /**
   * @param state tells what is the case instead, when something does not come true
   */
  Wait(Supplier<String> state) {
    this.state = state;
  }

  /**
   * Watches one object until it is as wanted; the condition is given {@code null} while there is
   * none.
   */
  <T> T forObject(String what, Duration limit, Waitable<T, T> object, Predicate<T> wanted) {
    try {
      return object.waitUntilCondition(wanted, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (KubernetesClientTimeoutException late) {
      throw late(what, limit, late);
    }
  }

  /** Asks for something that no watch delivers, every 20 ms. */
  void until(String what, Duration limit, BooleanSupplier look) {
    forAnswer(
        what,
        limit,
        Duration.ofMillis(20),
        () -> look.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Asks until there is an answer. */
  <T> T forAnswer(String what, Duration limit, Duration pause, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> answer = look.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > deadline) {
        throw late(what, limit, null);
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** As {@link #until}, but says whether it came true. */
  boolean comesTrue(Duration limit, BooleanSupplier look) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!look.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return true;
  }

  /** Looks on for a while, for what must not happen. */
  void holds(String what, Duration time, BooleanSupplier look) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      if (!look.getAsBoolean()) {
        throw new AssertionError("does not hold: " + what + "\n" + state.get());
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private AssertionError late(
      String what, Duration limit, @org.jspecify.annotations.Nullable Throwable cause) {
    return new AssertionError(
        "not within " + limit.toSeconds() + " s: " + what + "\n" + state.get(), cause);
  }
}
