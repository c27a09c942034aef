package dev.pgoperator.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Numbers for the live page, out of the same registry that {@code /metrics} shows. */
final class Meters {
  private static final String BUS = "vertx.eventbus.";
  private static final int MOST = 40;

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** How many shards this pod works for. */
  int shards() {
    return registry.find("pgoperator.shards.held").gauges().stream()
        .mapToInt(gauge -> (int) gauge.value())
        .sum();
  }

  /** Steps by the time they took in all, the slowest first; times in milliseconds. */
  JsonArray steps() {
    return timers("pgoperator.step", "step", "outcome");
  }

  /** Requests to the API server by verb and status. */
  JsonArray requests() {
    return timers("pgoperator.kube.request", "verb", "status");
  }

  /** Messages by address and kind of count; the addresses of clusters are one. */
  JsonArray bus() {
    List<JsonObject> rows =
        registry.getMeters().stream()
            .filter(meter -> meter.getId().getName().startsWith(BUS))
            .filter(Counter.class::isInstance)
            .map(Counter.class::cast)
            .filter(counter -> counter.count() > 0)
            .map(
                counter ->
                    new JsonObject()
                        .put(
                            "what",
                            counter.getId().getName().substring(BUS.length()) + tags(counter))
                        .put("count", (long) counter.count()))
            .sorted(Comparator.comparingLong((JsonObject row) -> -row.getLong("count")))
            .limit(MOST)
            .toList();
    return new JsonArray(rows);
  }

  private JsonArray timers(String name, String first, String second) {
    List<JsonObject> rows =
        registry.find(name).timers().stream()
            .sorted(
                Comparator.comparingDouble((Timer timer) -> -timer.totalTime(TimeUnit.NANOSECONDS)))
            .limit(MOST)
            .map(
                timer ->
                    new JsonObject()
                        .put("what", tag(timer, first) + " " + tag(timer, second))
                        .put("count", timer.count())
                        .put("mean", rounded(timer.mean(TimeUnit.MILLISECONDS)))
                        .put("max", rounded(timer.max(TimeUnit.MILLISECONDS))))
            .toList();
    return new JsonArray(rows);
  }

  private static String tag(Meter meter, String key) {
    String value = meter.getId().getTag(key);
    return value == null ? "" : value;
  }

  private static String tags(Meter meter) {
    return meter.getId().getTags().stream()
        .map(Tag::getValue)
        .collect(Collectors.joining(" ", " ", ""));
  }

  private static double rounded(double milliseconds) {
    return Math.round(milliseconds * 100) / 100.0;
  }
}
