package dev.pgoperator.e2e.bench;

import dev.pgoperator.e2e.bench.Fleet.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * How much memory and time a fleet costs: it grows to each size under a running operator, then the
 * operator is started anew and left alone.
 */
class FleetBench {
  private static final int INSTANCES = Integer.getInteger("bench.instances", 3);
  private static final int BURST_AT = Integer.getInteger("bench.burst.at", 1000);
  private static final int BURST = Integer.getInteger("bench.burst", 200);
  private static final Duration WINDOW = Duration.ofSeconds(Integer.getInteger("bench.window", 20));
  private static final int COPIED_FROM = Integer.getInteger("bench.copied.from", 500);
  private static final int COMPARE_AT = Integer.getInteger("bench.compare.at", 0);
  private static final Duration LONG = Duration.ofMinutes(20);

  private final FigureBook book = new FigureBook(Path.of("target", "bench-fleet.json"));
  private final List<Cluster> clusters = new ArrayList<>();

  @Test
  void costsLittle() {
    List<Integer> sizes =
        Arrays.stream(System.getProperty("bench.sizes", "10,100,1000").split(",", -1))
            .map(Integer::parseInt)
            .toList();
    try (Bed bed = Bed.connect();
        var patroni = PatroniStandIn.start();
        var phases = new Phases(bed.admin())) {
      Fleet fleet = new Fleet(bed.admin());
      fleet.configure(Map.of());
      for (int size : sizes) {
        if (size - clusters.size() < COPIED_FROM) {
          grow(fleet, phases, size);
        } else {
          multiply(fleet, phases, size);
        }
        restart(bed, fleet, phases, size);
        if (size == COMPARE_AT) {
          compare(size);
        }
        if (size == BURST_AT) {
          burst(bed, fleet, phases);
        }
      }
      book.tell(
          clusters.size(),
          "requests that the stand-in for Patroni got",
          (double) patroni.asked(),
          "");
    }
    Chart.write(book, Path.of("target", "bench-fleet.svg"));
  }

  /** So many that the operator would need hours for them on this machine, most of it waiting. */
  private void multiply(Fleet fleet, Phases phases, int size) {
    Waits.untilCalm(0, LONG);
    List<Cluster> like = clusters.stream().filter(one -> isInWholeNamespace(one)).toList();
    long begun = System.nanoTime();
    List<Cluster> more = fleet.multiply(like.subList(0, Fleet.A_NAMESPACE), size - clusters.size());
    phases.awaitRunning(more, begun, LONG);
    clusters.addAll(more);
    Waits.untilCalm(0, LONG);
    book.tell(
        size,
        "copies made, and all controllers at rest",
        seconds(Duration.ofNanos(System.nanoTime() - begun)),
        "s");
  }

  private boolean isInWholeNamespace(Cluster one) {
    return clusters.stream().filter(other -> other.namespace().equals(one.namespace())).count()
        == Fleet.A_NAMESPACE;
  }

  private void grow(Fleet fleet, Phases phases, int size) {
    List<Cluster> more = fleet.plan("n" + size, size - clusters.size());
    try (var operator = OperatorProcess.start("grow-" + size)) {
      operator.awaitReady();
      operator.awaitIdle(LONG);
      Requests log = new Requests();
      double busy = operator.processorSeconds();
      long begun = System.nanoTime();
      fleet.apply(more, INSTANCES, false);
      Duration applied = Duration.ofNanos(System.nanoTime() - begun);
      Duration running = phases.awaitRunning(more, begun, LONG);
      String all = more.size() + " more at once: ";
      book.tell(size, all + "applied", seconds(applied), "s");
      book.tell(size, all + "Running", seconds(running), "s");
      double worked = operator.processorSeconds() - busy;
      book.tell(size, all + "processor time of the operator", worked, "s");
      tellRequests(size, all, log, more.size(), operator);
      book.tell(size, "resident at the most while it made them", operator.highest(), "MiB");
    }
    clusters.addAll(more);
    fleet.strangers(more);
  }

  private void tellRequests(
      int size, String all, Requests log, int made, OperatorProcess operator) {
    int[] requests = new int[1];
    int[] objects = new int[1];
    log.each(
        request -> {
          if (request.ofOperator() && !request.ofWatch()) {
            requests[0]++;
            objects[0] += request.created() ? 1 : 0;
          }
        });
    log.tally().forEach(line -> System.out.println("detail  " + all + line));
    double each = (double) requests[0] / made;
    double created = (double) objects[0] / made;
    book.tell(size, all + "objects created, each", created, "");
    book.tell(size, all + "requests, each", each, "", "at most %.1f".formatted(created + 10));
    double sum = operator.metric("pgoperator_kube_request_seconds_sum");
    double count = operator.metric("pgoperator_kube_request_seconds_count");
    book.tell(size, all + "mean time of a request", 1000 * sum / Math.max(count, 1), "ms");
  }

  private void restart(Bed bed, Fleet fleet, Phases phases, int size) {
    Cluster last = clusters.getLast();
    var edits = new Edits(fleet, bed.audited());
    Requests log = new Requests();
    edits.edit(last, "away" + size); // for which it has something to do when it comes
    try (var operator = OperatorProcess.start("start-" + size)) {
      Duration ready = operator.awaitReady();
      book.tell(size, "start until ready", seconds(ready), "s", size <= 10 ? "2 s" : "60 s");
      book.tell(size, "resident when ready", operator.resident(), "MiB");
      if (operator.known() < size) {
        throw new AssertionError("of " + size + " clusters it knows " + operator.known());
      }
      edits.reactions(log, LONG);
      book.tell(size, "start until an edit made before has its effect", seconds(operator), "s");
      Duration rest = operator.awaitIdle(LONG);
      book.tell(size, "ready until at rest (each was synced once)", seconds(rest), "s");
      book.tell(
          size, "writes of this first round", writes(log), "", "1 secret, its role and status");
      book.tell(size, "processor time until at rest", operator.processorSeconds(), "s");
      book.tell(size, "idle, of a core", operator.load(WINDOW), "%", "5 %");
      String aim = size <= 10 ? "128 MiB" : "512 MiB";
      book.tell(size, "resident at rest", operator.resident(), "MiB", aim);
      book.tell(size, "resident at the most", operator.highest(), "MiB", aim);
      operator.histogram();
      book.tell(size, "resident after all garbage was collected", operator.resident(), "MiB");
      phases.awaitRunning(clusters, System.nanoTime(), LONG);
    }
  }

  /**
   * The same start with other options of the JVM: {@code name:option option;name:…}. All of them in
   * one run, one after the other, on the same fleet.
   */
  private void compare(int size) {
    for (String variant : System.getProperty("bench.compare", "").split(";", -1)) {
      String name = variant.substring(0, variant.indexOf(':'));
      try (var operator =
          OperatorProcess.start(
              "jvm-" + name.replace(' ', '-'), variant.substring(name.length() + 1))) {
        book.tell(size, "JVM " + name + ": ready", seconds(operator.awaitReady()), "s");
        operator.awaitIdle(LONG);
        book.tell(size, "JVM " + name + ": at rest", operator.resident(), "MiB");
        book.tell(size, "JVM " + name + ": at the most", operator.highest(), "MiB");
        book.tell(size, "JVM " + name + ": processor", operator.processorSeconds(), "s");
      }
    }
  }

  private static double writes(Requests log) {
    return log.read().stream()
        .filter(request -> request.ofOperator() && request.writes())
        .filter(request -> !request.resource().equals("events"))
        .count();
  }

  /** So many at once, and meanwhile edits of one that exists. */
  private void burst(Bed bed, Fleet fleet, Phases phases) {
    List<Cluster> more = fleet.plan("burst", BURST);
    Cluster other = clusters.getFirst();
    try (var operator = OperatorProcess.start("burst")) {
      operator.awaitReady();
      operator.awaitIdle(LONG);
      var edits = new Edits(fleet, bed.audited());
      Requests log = new Requests();
      long begun = System.nanoTime();
      var applying = Thread.ofVirtual().start(() -> fleet.apply(more, 2, false));
      for (int edit = 0; edit < 10; edit++) {
        Waits.pass(Duration.ofMillis(700));
        edits.edit(other, "meanwhile" + edit);
      }
      applying.join();
      Duration running = phases.awaitRunning(more, begun, LONG);
      String all = BURST + " two-instance clusters at once: ";
      book.tell(clusters.size(), all + "Running", seconds(running), "s", "60 s");
      List<Double> took = edits.reactions(log, LONG);
      tell(clusters.size(), all + "an edit of another", took, 50, "");
      tell(clusters.size(), all + "an edit of another", took, 100, "150 ms");
      tellRequests(clusters.size(), all, log, BURST, operator);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    clusters.addAll(more);
  }

  private void tell(int size, String what, List<Double> took, int percent, String aim) {
    Optional<Double> value = FigureBook.percentile(took, percent);
    String name = what + (percent == 100 ? ", the slowest of " + took.size() : ", p" + percent);
    book.tell(size, name, value.orElseThrow(), "ms", aim);
  }

  private static double seconds(OperatorProcess operator) {
    return seconds(operator.sinceStart());
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
