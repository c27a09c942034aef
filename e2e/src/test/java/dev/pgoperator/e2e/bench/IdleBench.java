package dev.pgoperator.e2e.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What an operator asks for while nothing happens to its clusters. */
class IdleBench {
  private static final int CLUSTERS = Integer.getInteger("bench.clusters", 100);
  private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("bench.minutes", 60));
  private static final Duration LONG = Duration.ofMinutes(10);

  private final FigureBook book = new FigureBook(Path.of("target", "bench-idle.json"));

  @Test
  void neitherReadsNorWrites() {
    try (Bed bed = Bed.connect();
        var patroni = PatroniStandIn.start()) {
      Fleet fleet = new Fleet(bed.admin());
      fleet.configure(Map.of());
      fleet.stand("idle", CLUSTERS);
      try (var operator = OperatorProcess.start("idle")) {
        operator.awaitReady();
        operator.awaitIdle(LONG);
        Requests log = new Requests();
        long asked = patroni.asked();
        double load = operator.load(TIME);
        tell("reads", count(log, request -> !request.ofWatch() && !request.writes()), "0");
        tell("writes", count(log, Requests.Request::writes), "0");
        tell("watches and lists", count(log, Requests.Request::ofWatch), "");
        tell(
            "requests to Patroni, each cluster", (patroni.asked() - asked) / (double) CLUSTERS, "");
        book.tell(CLUSTERS, "idle: of a core", load, "%", "5 %");
        book.tell(CLUSTERS, "idle: resident at the end", operator.resident(), "MiB");
        log.tally().forEach(line -> System.out.println("detail  " + line));
        if (count(log, request -> !request.ofWatch()) > 0) {
          throw new AssertionError("an idle operator asked: " + log.tally());
        }
      }
    }
  }

  private void tell(String what, double value, String aim) {
    book.tell(CLUSTERS, "idle for " + TIME.toMinutes() + " min: " + what, value, "", aim);
  }

  private static double count(Requests log, Predicate<Requests.Request> wanted) {
    return log.read().stream().filter(Requests.Request::ofOperator).filter(wanted).count();
  }
}
