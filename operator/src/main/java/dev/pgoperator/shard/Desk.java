package dev.pgoperator.shard;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads and writes leases, each with a deadline, and remembers what was seen. One write of a lease
 * at a time; what a look at all says of a lease that was being written meanwhile does not count.
 * Used by one thread.
 */
final class Desk {
  private final Leases leases;
  private final Time time;
  private final Set<String> shards;
  private final Set<String> busy = new HashSet<>();
  private final Map<String, Duration> written = new HashMap<>();
  private Sightings sightings = Sightings.NONE;
  private boolean looking;

  /** No answer came in time; the request may have been carried out. */
  private static final class Late extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Late() {
      super("no answer in " + Terms.DEADLINE.toSeconds() + " s", null, false, false);
    }
  }

  Desk(Leases leases, Time time, LeaseNames names) {
    this.leases = leases;
    this.time = time;
    this.shards = Shards.all().stream().map(names::shard).collect(Collectors.toSet());
  }

  Sightings sightings() {
    return sightings;
  }

  boolean isBusy(String name) {
    return busy.contains(name);
  }

  /** Whether any request is under way. */
  boolean isBusy() {
    return looking || !busy.isEmpty();
  }

  boolean isLooking() {
    return looking;
  }

  /** Looks at all leases; {@link #sightings} knows them when it is done. */
  Future<Void> look() {
    Duration sent = time.now();
    looking = true;
    return inTime(leases.list())
        .onComplete(done -> looking = false)
        .map(
            seen -> {
              sightings = sightings.after(merged(seen, sent), shards, time.now());
              return null;
            });
  }

  private List<Lease> merged(List<Lease> seen, Duration sent) {
    List<Lease> merged = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Lease lease : seen) {
      names.add(lease.name());
      merged.add(isOlder(lease.name(), sent) ? sightings.lease(lease.name()) : lease);
    }
    for (String name : sightings.byName().keySet()) {
      if (!names.contains(name) && isOlder(name, sent)) {
        merged.add(sightings.lease(name));
      }
    }
    merged.removeIf(lease -> !lease.isStored());
    return merged;
  }

  private boolean isOlder(String name, Duration sent) {
    return busy.contains(name)
        || Optional.ofNullable(written.get(name)).filter(at -> at.compareTo(sent) >= 0).isPresent();
  }

  /**
   * Stores a lease as it should be, unless somebody else has written it.
   *
   * @param next makes the term to store of the one that was seen last
   * @return empty when somebody else has
   */
  Future<Optional<Lease>> store(String name, Function<Lease.Term, Lease.Term> next) {
    Lease known = sightings.lease(name);
    busy.add(name);
    return inTime(leases.store(known.with(next.apply(known.term()))))
        .onComplete(done -> busy.remove(name))
        .onSuccess(
            stored -> {
              written.put(name, time.now());
              stored.ifPresent(lease -> sightings = sightings.after(lease, shards, time.now()));
            });
  }

  Future<Void> delete(Lease lease) {
    busy.add(lease.name());
    return inTime(leases.delete(lease)).onComplete(done -> busy.remove(lease.name()));
  }

  private <T> Future<T> inTime(Future<T> answer) {
    Promise<T> promise = Promise.promise();
    time.later(Terms.DEADLINE, () -> promise.tryFail(new Late()));
    answer.onSuccess(promise::tryComplete).onFailure(promise::tryFail);
    return promise.future();
  }
}
