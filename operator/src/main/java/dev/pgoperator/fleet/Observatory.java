package dev.pgoperator.fleet;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.cluster.step.Chronicle;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Knows what every cluster is doing at this moment. Rings {@link #CHANGED} on the event bus when
 * something has changed since somebody last looked; however much changes, it rings once.
 * Thread-safe.
 */
public final class Observatory implements Chronicle {

  /** Bus address of the bell. */
  public static final String CHANGED = "fleet.changed";

  private static final String STEP_TIMER = "pgoperator.step";

  private final EventBus bus;
  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Map<ClusterId, Doing> doing = new ConcurrentHashMap<>();
  private final Set<ClusterId> changed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean rung = new AtomicBoolean();

  /**
   * What one cluster is doing.
   *
   * @param step of the running sync; empty between syncs
   * @param since when the step began or the last one ended
   */
  record Doing(String step, Instant since, ClusterStatus status) {}

  public Observatory(EventBus bus, MeterRegistry meters, InstantSource clock) {
    this.bus = bus;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void began(ClusterId id, String step) {
    note(id, before -> new Doing(step, clock.instant(), before.status()));
  }

  @Override
  public void ended(ClusterId id, String step, String how, Duration took) {
    meters.timer(STEP_TIMER, "step", step, "outcome", how).record(took);
    note(id, before -> new Doing("", clock.instant(), before.status()));
  }

  @Override
  public void said(ClusterId id, ClusterStatus status) {
    note(id, before -> new Doing(before.step(), before.since(), status));
  }

  /** The cluster does not exist any more. */
  public void forget(ClusterId id) {
    doing.remove(id);
    ring(id);
  }

  private void note(ClusterId id, UnaryOperator<Doing> change) {
    doing.compute(id, (same, known) -> change.apply(known == null ? nothing() : known));
    ring(id);
  }

  /**
   * The bell comes after the change, and is heard of before the changes are taken: none is missed.
   */
  private void ring(ClusterId id) {
    changed.add(id);
    if (rung.compareAndSet(false, true)) {
      bus.publish(CHANGED, "");
    }
  }

  Doing of(ClusterId id) {
    return doing.getOrDefault(id, nothing());
  }

  /** Takes the clusters of which something has changed since the last call. */
  Set<ClusterId> takeChanged() {
    rung.set(false);
    Set<ClusterId> taken = Set.copyOf(changed);
    changed.removeAll(taken);
    return taken;
  }

  private Doing nothing() {
    return new Doing("", Instant.EPOCH, ClusterStatus.NONE);
  }
}
