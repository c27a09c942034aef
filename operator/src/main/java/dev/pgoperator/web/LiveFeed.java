package dev.pgoperator.web;

import dev.pgoperator.fleet.FleetView;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;

/**
 * Pushes to open live pages what changes, as server-sent events (HTML standard, "Server-sent
 * events"). The bell on the event bus says that something has changed; what has is sent together a
 * moment later, so that a busy fleet costs a page a few messages a second. Does nothing while no
 * page is open. Runs on one event loop.
 */
final class LiveFeed {
  private static final int MOST_PAGES = 50;
  private static final long TOGETHER_MILLIS = 150;
  private static final long NUMBERS_MILLIS = 1000;

  private final Vertx vertx;
  private final FleetView fleet;
  private final Meters meters;
  private final Set<HttpServerResponse> pages = new HashSet<>();
  private boolean due;
  private long numbers = -1;

  LiveFeed(Vertx vertx, FleetView fleet, Meters meters) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.meters = meters;
  }

  /** A page was opened: it gets everything, and from now on what changes. */
  void open(RoutingContext request) {
    HttpServerResponse page = request.response();
    if (pages.size() >= MOST_PAGES) {
      page.setStatusCode(503).end("too many live pages are open\n");
      return;
    }
    page.setChunked(true)
        .putHeader("content-type", "text/event-stream")
        .putHeader("cache-control", "no-store");
    page.closeHandler(closed -> close(page));
    page.exceptionHandler(broken -> close(page));
    pages.add(page);
    changes(); // for the pages that are open already; this one gets everything
    JsonArray all = new JsonArray();
    fleet.clusters().forEach(cluster -> all.add(json(cluster)));
    page.write(event("all", all.encode()));
    page.write(event("numbers", numbers().encode()));
    if (numbers < 0) {
      numbers = vertx.setPeriodic(NUMBERS_MILLIS, tick -> send("numbers", numbers().encode()));
    }
  }

  private void close(HttpServerResponse page) {
    pages.remove(page);
    if (pages.isEmpty() && numbers >= 0) {
      vertx.cancelTimer(numbers);
      numbers = -1;
    }
  }

  /** Something has changed. */
  void bell() {
    if (!due && !pages.isEmpty()) {
      due = true;
      vertx.setTimer(TOGETHER_MILLIS, tick -> changes());
    }
  }

  private void changes() {
    due = false;
    JsonArray changed = new JsonArray();
    fleet
        .takeChanged()
        .forEach(
            id ->
                changed.add(
                    fleet
                        .cluster(id)
                        .map(LiveFeed::json)
                        .orElseGet(
                            () -> new JsonObject().put("id", id.toString()).put("gone", true))));
    send("changed", changed.encode());
  }

  /** A page that does not keep up is closed: its browser opens it anew and then gets everything. */
  private void send(String name, String data) {
    for (HttpServerResponse page : Set.copyOf(pages)) {
      if (page.writeQueueFull()) {
        page.reset();
        close(page);
      } else {
        page.write(event(name, data));
      }
    }
  }

  private JsonObject numbers() {
    FleetView.Load load = fleet.load();
    return new JsonObject()
        .put("clusters", load.clusters())
        .put("awake", load.awake())
        .put("free", load.freePermits())
        .put("waiting", load.waitingForPermit())
        .put("shards", meters.shards())
        .put("steps", meters.steps())
        .put("requests", meters.requests())
        .put("bus", meters.bus());
  }

  private static JsonObject json(FleetView.Cluster cluster) {
    return new JsonObject()
        .put("id", cluster.id().toString())
        .put("phase", cluster.phase())
        .put("reason", cluster.reason())
        .put("step", cluster.step())
        .put("since", cluster.since().toEpochMilli())
        .put("mailbox", new JsonArray(cluster.waiting().stream().sorted().toList()));
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }
}
