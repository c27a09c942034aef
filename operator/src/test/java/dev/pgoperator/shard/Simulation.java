package dev.pgoperator.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Virtual time for several processes and a server: what is due happens in order, one thing after
 * the other. A frozen process does nothing until it is woken, then all that was due at once; a dead
 * one does nothing more.
 */
final class Simulation {
  static final String SERVER = "the server";

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
  private final Set<String> frozen = new HashSet<>();
  private final Set<String> dead = new HashSet<>();
  private final List<Due> heldUp = new ArrayList<>();
  private Runnable afterEachStep = () -> {};
  private Duration now = Duration.ofDays(3);
  private long number;

  private record Due(Duration at, long number, String process, Runnable action) {}

  Duration now() {
    return now;
  }

  void afterEachStep(Runnable check) {
    afterEachStep = check;
  }

  void later(String process, Duration pause, Runnable action) {
    queue.add(new Due(now.plus(pause), number++, process, action));
  }

  /** The clock and the timers of one process. */
  Time of(String process) {
    return new Time() {
      @Override
      public Duration now() {
        return now;
      }

      @Override
      public void later(Duration pause, Runnable action) {
        Simulation.this.later(process, pause, action);
      }
    };
  }

  void freeze(String process) {
    frozen.add(process);
  }

  void wake(String process) {
    frozen.remove(process);
    List<Due> late = heldUp.stream().filter(due -> due.process().equals(process)).toList();
    heldUp.removeAll(late);
    late.forEach(due -> queue.add(new Due(now, due.number(), due.process(), due.action())));
  }

  void kill(String process) {
    dead.add(process);
  }

  void pass(Duration time) {
    Duration end = now.plus(time);
    while (!queue.isEmpty() && queue.element().at().compareTo(end) <= 0) {
      Due due = queue.remove();
      now = due.at();
      if (dead.contains(due.process())) {
        continue;
      }
      if (frozen.contains(due.process())) {
        heldUp.add(due);
        continue;
      }
      due.action().run();
      afterEachStep.run();
    }
    now = end;
    afterEachStep.run();
  }
}
