package dev.pgoperator.watch;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.Trigger;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells many clusters the same, a few at a time, so that a change that concerns thousands does not
 * start them all in the same moment. The first ones are told at once. A cluster that waits for its
 * turn is told once, however often something is to be told: it reads what is newest then.
 * Thread-safe.
 */
public final class Rollout {
  /** 250 clusters in a second, so that ten thousand have heard it after 40 seconds. */
  static final int AT_ONCE = 25;

  static final Duration PAUSE = Duration.ofMillis(100);

  private final Supplier<Set<ClusterId>> known;
  private final BiConsumer<ClusterId, Trigger> tell;
  private final Later later;
  private final Map<ClusterId, Trigger> waiting = new LinkedHashMap<>(); // guarded by this
  private boolean running; // guarded by this

  /** Runs something after a pause. */
  @FunctionalInterface
  public interface Later {
    void run(Duration pause, Runnable action);
  }

  /**
   * @param known the clusters there are
   * @param tell passes a trigger on, if the cluster is still there
   */
  public Rollout(Supplier<Set<ClusterId>> known, BiConsumer<ClusterId, Trigger> tell, Later later) {
    this.known = known;
    this.tell = tell;
    this.later = later;
  }

  /** Tells all clusters that are concerned. */
  public void tell(Predicate<ClusterId> concerned, Trigger trigger) {
    boolean idle;
    synchronized (this) {
      known.get().stream()
          .filter(concerned)
          .sorted(Comparator.comparing(ClusterId::toString))
          .forEach(id -> waiting.putIfAbsent(id, trigger));
      idle = !running;
      running = true;
    }
    if (idle) {
      next();
    }
  }

  private void next() {
    Map<ClusterId, Trigger> turn = take();
    if (turn.isEmpty()) {
      return;
    }
    turn.forEach(tell);
    later.run(PAUSE, this::next);
  }

  /** The next few; when there are none, whoever comes after that is told at once again. */
  private synchronized Map<ClusterId, Trigger> take() {
    Map<ClusterId, Trigger> turn = new LinkedHashMap<>();
    Iterator<Map.Entry<ClusterId, Trigger>> first = waiting.entrySet().iterator();
    while (first.hasNext() && turn.size() < AT_ONCE) {
      Map.Entry<ClusterId, Trigger> entry = first.next();
      turn.put(entry.getKey(), entry.getValue());
      first.remove();
    }
    running = !turn.isEmpty();
    return turn;
  }
}
