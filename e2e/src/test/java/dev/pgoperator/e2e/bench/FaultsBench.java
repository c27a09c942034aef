package dev.pgoperator.e2e.bench;

import dev.pgoperator.e2e.bench.Fleet.Cluster;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * While clusters are edited, one thing after the other goes wrong around the operator. In the end
 * every edit is in effect, and nothing that stood before was lost or made anew.
 */
class FaultsBench {
  private static final int CLUSTERS = Integer.getInteger("bench.clusters", 1000);
  private static final int SHORTER = Integer.getInteger("bench.shorter", 1);
  private static final Duration BETWEEN_EDITS = Duration.ofMillis(250);
  private static final Path CLOCK = Path.of("target", "bench", "clock").toAbsolutePath();
  private static final Duration LONG = Duration.ofMinutes(10);

  private final FigureBook book = new FigureBook(Path.of("target", "bench-faults.json"));
  private final Random random = new Random(6);
  private int edited;

  /** Goes wrong, and is over when this returns. */
  private interface Fault {
    void strikes(Operators operators);
  }

  @Test
  void nothingIsLostAndEveryEditIsApplied() {
    try (Bed bed = Bed.connect();
        var patroni = PatroniStandIn.start();
        var door = new Door(URI.create(bed.admin().getConfiguration().getMasterUrl()))) {
      Fleet fleet = new Fleet(bed.admin());
      fleet.configure(Map.of());
      Scene scene = new Scene(bed, fleet, fleet.stand("well", CLUSTERS));

      survive(
          scene,
          "the API server is killed five times",
          Operators.one("apiserver"),
          operators -> times(5, FaultsBench::apiServerDies));
      survive(
          scene,
          "etcd is compacted while the API server is away",
          Operators.one("compaction"),
          operators -> compaction());
      survive(
          scene,
          "half of all requests get 429 or 500",
          Operators.behind(door, "refusals"),
          operators -> refusals(door));
      survive(
          scene,
          "all watches are cut every second",
          Operators.behind(door, "cuts"),
          operators -> times(30, () -> cut(door)));
      survive(
          scene,
          "the clock jumps an hour ahead, and an hour back",
          Operators.one("clock", clock()),
          operators -> clockJumps());
      survive(
          scene,
          "the operator is killed every 20 s",
          Operators.one("kills"),
          operators ->
              times(
                  3,
                  () -> {
                    pass(20);
                    operators.killAndStartAnew();
                  }));
      survive(
          scene,
          "one of three operators is frozen and woken",
          Operators.three("frozen", fleet),
          this::freeze);
      book.tell(
          CLUSTERS, "requests that the stand-in for Patroni got", (double) patroni.asked(), "");
    }
  }

  private record Scene(Bed bed, Fleet fleet, List<Cluster> clusters) {}

  private void survive(Scene scene, String what, Operators operators, Fault fault) {
    Census before = Census.take(scene.bed().admin());
    var edits = new Edits(scene.fleet(), scene.bed().audited());
    var over = new AtomicBoolean();
    try (operators) {
      int first = edited;
      var editing = CompletableFuture.runAsync(() -> edit(scene, edits, over));
      try {
        fault.strikes(operators);
      } finally {
        over.set(true);
      }
      editing.join();
      long end = System.nanoTime();
      Waits.until(
          what + ": every edit has its secret",
          LONG,
          () -> edits.missing(scene.bed().admin()) == 0);
      Waits.until(
          what + ": the status of every manifest says so",
          LONG,
          () -> Census.unsettled(scene.bed().admin()) == 0);
      double took = (System.nanoTime() - end) / 1e9;
      book.tell(CLUSTERS, what + ": edits", edited - first, "");
      book.tell(CLUSTERS, what + ": until all of them are in effect", took, "s");
    }
    List<String> lost = Census.take(scene.bed().admin()).lostSince(before);
    if (!lost.isEmpty()) {
      throw new AssertionError(what + ": lost or made anew: " + lost);
    }
  }

  /** One after the other, each until the API server has taken it. */
  private void edit(Scene scene, Edits edits, AtomicBoolean over) {
    while (!over.get()) {
      Cluster one = scene.clusters().get(edited % scene.clusters().size());
      String user = "fault" + edited++;
      Waits.until(
          "the API server takes an edit",
          LONG,
          () -> {
            try {
              edits.edit(one, user);
              return true;
            } catch (KubernetesClientException away) {
              return false;
            }
          });
      Waits.pass(BETWEEN_EDITS);
    }
  }

  private static void apiServerDies() {
    Bed.crash("apiserver");
    Bed.complete();
    pass(4);
  }

  private static void compaction() {
    pass(4);
    Bed.crash("apiserver");
    try (var etcd = Etcd.connect()) {
      etcd.compact();
    }
    Bed.complete();
    pass(4);
  }

  /** By faketime, which reads the distance from the real time in this file. */
  private static Map<String, String> clock() {
    setClock("+0");
    return Map.of(
        "LD_PRELOAD",
        System.getenv("BENCH_FAKETIME"),
        "FAKETIME_TIMESTAMP_FILE",
        CLOCK.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0"); // with that remedy for old C libraries, the JVM's timed waits end at once
  }

  private static void clockJumps() {
    for (String distance : List.of("+0", "+3600", "+0", "-3600", "+0")) {
      setClock(distance);
      pass(8);
    }
  }

  private static void setClock(String distance) {
    try {
      Files.createDirectories(CLOCK.getParent());
      Files.writeString(CLOCK, distance + "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void refusals(Door door) {
    int[] codes = {429, 500};
    door.refuse(
        () ->
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(codes[random.nextInt(codes.length)]));
    pass(30);
    door.refuse(Optional::empty);
  }

  private static void cut(Door door) {
    Waits.pass(Duration.ofSeconds(1));
    door.cutWatches();
  }

  private void freeze(Operators operators) {
    pass(5);
    operators.first().freeze();
    pass(40); // its leases go after 15 s, and others take them
    operators.first().wake();
    pass(10);
  }

  private static void times(int count, Runnable action) {
    for (int done = 0; done < Math.max(1, count / SHORTER); done++) {
      action.run();
    }
  }

  private static void pass(int seconds) {
    Waits.pass(Duration.ofSeconds(seconds).dividedBy(SHORTER));
  }
}
