package dev.pgoperator.shard;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The leases of an API server in virtual time. A request arrives, is carried out, and its answer
 * comes back; each way takes its time, and answers may be lost after the work was done.
 */
final class FakeLeases {
  private final Simulation simulation;
  private final Random chance;
  private final TreeMap<String, Lease> stored = new TreeMap<>();
  private Duration slowest = Duration.ofMillis(20);
  private Predicate<String> refusing = request -> false;
  private double lost;
  private int version;
  private int requests;

  FakeLeases(Simulation simulation, Random chance) {
    this.simulation = simulation;
    this.chance = chance;
  }

  /** Each way takes from nothing up to this. */
  void answerWithin(Duration time) {
    slowest = time;
  }

  /** Requests such as {@code store postgres-operator-shard-3 by a} that meet a server error. */
  void refuse(Predicate<String> request) {
    refusing = request;
  }

  /** How many of ten answers are lost, about. */
  void loseAnswers(int ofTen) {
    lost = ofTen / 10.0;
  }

  /** Somebody deletes a lease by hand. */
  void delete(String name) {
    stored.remove(name);
  }

  /** Somebody writes an annotation: another version, the same term. */
  void touch(String name) {
    stored.computeIfPresent(
        name, (same, lease) -> new Lease(name, lease.term(), next(), lease.uid()));
  }

  List<String> names() {
    return List.copyOf(stored.keySet());
  }

  String holder(String name) {
    return Optional.ofNullable(stored.get(name)).map(Lease::holder).orElse("");
  }

  int requests() {
    return requests;
  }

  private String next() {
    return Integer.toString(++version);
  }

  /** The same server as one process sees it. */
  Leases of(String process) {
    return new Leases() {
      @Override
      public Future<List<Lease>> list() {
        return answer(process, "list by " + process, () -> List.copyOf(stored.values()));
      }

      @Override
      public Future<Optional<Lease>> store(Lease changed) {
        return answer(
            process, "store " + changed.name() + " by " + process, () -> replaced(changed));
      }

      @Override
      public Future<Void> delete(Lease lease) {
        return answer(
                process,
                "delete " + lease.name() + " by " + process,
                () ->
                    stored
                        .values()
                        .removeIf(
                            one ->
                                one.name().equals(lease.name()) && one.uid().equals(lease.uid())))
            .mapEmpty();
      }
    };
  }

  private Optional<Lease> replaced(Lease changed) {
    String live = Optional.ofNullable(stored.get(changed.name())).map(Lease::version).orElse("");
    if (!live.equals(changed.version())) {
      return Optional.empty();
    }
    String uid = changed.isStored() ? changed.uid() : "uid-" + version;
    Lease now = new Lease(changed.name(), changed.term(), next(), uid);
    stored.put(now.name(), now);
    return Optional.of(now);
  }

  private <T> Future<T> answer(String process, String request, Supplier<T> work) {
    Promise<T> promise = Promise.promise();
    requests++;
    simulation.later(
        Simulation.SERVER,
        way(),
        () -> {
          if (refusing.test(request)) {
            simulation.later(process, way(), () -> promise.tryFail("as the test wants it"));
            return;
          }
          T result = work.get();
          if (chance.nextDouble() >= lost) {
            simulation.later(process, way(), () -> promise.tryComplete(result));
          }
        });
    return promise.future();
  }

  private Duration way() {
    return Duration.ofMillis(Math.round(slowest.toMillis() * chance.nextDouble()));
  }
}
