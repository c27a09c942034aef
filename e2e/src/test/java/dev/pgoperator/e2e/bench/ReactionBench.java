package dev.pgoperator.e2e.bench;

import dev.pgoperator.e2e.bench.Fleet.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Nobody waits for anybody: edits of clusters that are well and deletions of those that cannot
 * start, among many, while each is looked at every half minute.
 */
class ReactionBench {
  private static final int CLUSTERS = Integer.getInteger("bench.clusters", 1000);
  private static final int STUCK = Integer.getInteger("bench.stuck", 50);
  private static final int EDITS = Integer.getInteger("bench.edits", 1000);
  private static final int EDITS_A_SECOND = Integer.getInteger("bench.pace", 20);
  private static final Duration ROUND = Duration.ofSeconds(30); // of resyncs
  private static final Duration LONG = Duration.ofMinutes(10);

  private final FigureBook book = new FigureBook(Path.of("target", "bench-reaction.json"));

  @Test
  void reactsAtOnce() {
    try (Bed bed = Bed.connect();
        var patroni = PatroniStandIn.start();
        var departures = new Departures(bed.admin())) {
      Fleet fleet = new Fleet(bed.admin());
      fleet.configure(Map.of("resync_period", ROUND.toSeconds() + "s"));
      List<Cluster> stuck = fleet.plan("stuck", STUCK);
      fleet.apply(stuck, 2, true);
      List<Cluster> well = fleet.stand("well", CLUSTERS - STUCK);
      try (var operator = OperatorProcess.start("reaction")) {
        operator.awaitReady();
        Waits.pass(ROUND); // each was looked at once
        double usual = Waits.load(ROUND);
        book.tell(CLUSTERS, "load of resyncs alone, of a core", operator.load(ROUND), "%");
        edits(bed, fleet, well);
        Waits.untilCalm(usual, LONG); // what the edits have set off
        deletions(bed, fleet, stuck, departures);
        book.tell(CLUSTERS, "resident at the most", operator.highest(), "MiB", "512 MiB");
        book.tell(
            CLUSTERS, "requests that the stand-in for Patroni got", (double) patroni.asked(), "");
      }
    }
    Chart.writeReaction(book, Path.of("target", "bench-reaction.svg"));
  }

  /** At a steady pace, each in its own thread: one that waits holds up no other. */
  private void edits(Bed bed, Fleet fleet, List<Cluster> well) {
    var edits = new Edits(fleet, bed.audited());
    for (int edit = 0; edit < 20; edit++) {
      edits.edit(well.get(edit), "first" + edit); // so that nothing is done for the first time
    }
    edits = new Edits(fleet, bed.audited());
    Requests log = new Requests();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> begun = new ArrayList<>();
      long start = System.nanoTime();
      for (int edit = 0; edit < EDITS; edit++) {
        Cluster one = well.get(edit % well.size());
        String user = "edit" + edit;
        Edits all = edits;
        begun.add(threads.submit(() -> all.edit(one, user)));
        long due = start + (edit + 1) * 1_000_000_000L / EDITS_A_SECOND;
        Waits.pass(Duration.ofNanos(due - System.nanoTime()));
      }
      for (Future<?> one : begun) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
    tell(
        "an edit of another, until the operator's first effective call",
        edits.reactions(log, LONG),
        "100 ms");
  }

  private void deletions(Bed bed, Fleet fleet, List<Cluster> stuck, Departures departures) {
    Map<Cluster, Long> accepted = new HashMap<>();
    for (Cluster one : stuck) {
      fleet.delete(bed.audited(), one);
      accepted.put(one, System.nanoTime());
      Waits.pass(Duration.ofMillis(200));
    }
    Waits.until(
        "the StatefulSets of deleted clusters are gone",
        LONG,
        () -> stuck.stream().allMatch(departures::isGone));
    List<Double> took =
        stuck.stream()
            .map(one -> (departures.moment(one) - accepted.getOrDefault(one, 0L)) / 1e6)
            .toList();
    tell("a stuck cluster is deleted, until its StatefulSet is gone", took, "1000 ms");
  }

  private void tell(String what, List<Double> took, String aim) {
    for (int percent : List.of(50, 90, 99)) {
      String name = what + ", p" + percent + " of " + took.size();
      double value = FigureBook.percentile(took, percent).orElseThrow();
      book.tell(CLUSTERS, name, value, "ms", percent == 99 ? aim : "");
    }
  }
}
