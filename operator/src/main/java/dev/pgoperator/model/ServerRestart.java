package dev.pgoperator.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose PostgreSQL is restarted next for parameters that take effect only then (behaviour.md §4.8).
 * One at a time, and only while everybody else works. Decides from what is there now.
 *
 * @param pending names of those that wait for a restart
 * @param primaryFirst whether a limit gets smaller that a replica must not have smaller than its
 *     primary
 */
public record ServerRestart(List<Instance> instances, Set<String> pending, boolean primaryFirst) {

  public ServerRestart {
    instances = List.copyOf(instances);
    pending = Set.copyOf(pending);
  }

  /** The next thing to do. */
  public sealed interface Next {
    /** Nobody waits. */
    record Nothing() implements Next {}

    /**
     * Restart this one.
     *
     * @param leads whether it is the primary, which nobody can write to meanwhile
     */
    record Restart(String name, boolean leads) implements Next {}

    /** Somebody else has to work first. */
    record Await(String why) implements Next {}
  }

  public Next next() {
    if (instances.stream().noneMatch(one -> pending.contains(one.name()))) {
      return new Next.Nothing();
    }
    Optional<Instance> leader = instances.stream().filter(Instance::leads).findFirst();
    if (leader.isEmpty()) {
      return new Next.Await("no pod leads the cluster");
    }
    Optional<Instance> replica =
        instances.stream().filter(one -> !one.leads() && pending.contains(one.name())).findFirst();
    boolean leaderWaits = pending.contains(leader.get().name());
    Instance chosen =
        leaderWaits && (primaryFirst || replica.isEmpty())
            ? leader.get()
            : replica.orElseGet(leader::get);
    return instances.stream()
        .filter(one -> !one.healthy() && (!one.equals(chosen) || !settled(one)))
        .findFirst()
        .<Next>map(one -> new Next.Await(one.text()))
        .orElseGet(() -> new Next.Restart(chosen.name(), chosen.leads()));
  }

  /**
   * A replica that does not stream may be the one to restart, as that may be what it needs. But not
   * for a smaller limit: of that it learns from its primary's WAL, and without it keeps the former
   * one and waits for a restart again (Patroni takes the limit from {@code pg_controldata}).
   */
  private boolean settled(Instance one) {
    return one.healthy() || (!primaryFirst && one.state() == Instance.State.BEHIND);
  }
}
