package dev.pgoperator.watch;

import dev.pgoperator.kube.Watches;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Watches that come and go with what the options name. Thread-safe.
 *
 * @param <W> says what is watched; equal ones are one watch
 */
final class Subscriptions<W> {
  private final Function<W, Watches.Subscription> begin;
  private final Consumer<W> ended;
  private final Map<W, Watches.Subscription> running = new HashMap<>(); // guarded by this

  /**
   * @param begin subscribes
   * @param ended is told what is not watched any more
   */
  Subscriptions(Function<W, Watches.Subscription> begin, Consumer<W> ended) {
    this.begin = begin;
    this.ended = ended;
  }

  /**
   * Watches this, and nothing else any more.
   *
   * @return done when all of it has been listed, so that no later change is missed
   */
  synchronized Future<Void> follow(Set<W> wanted) {
    Set<W> surplus = new HashSet<>(running.keySet());
    surplus.removeAll(wanted);
    surplus.forEach(this::end);
    wanted.forEach(one -> running.computeIfAbsent(one, begin));
    return Future.all(running.values().stream().map(Watches.Subscription::listed).toList())
        .mapEmpty();
  }

  private void end(W one) {
    Optional.ofNullable(running.remove(one)).ifPresent(Watches.Subscription::end);
    ended.accept(one);
  }
}
