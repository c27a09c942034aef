package dev.pgoperator.web;

import dev.pgoperator.fleet.FleetView;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * All HTTP pages of the operator: the live page at {@code /}, its feed, {@code /metrics} for
 * Prometheus, and health.
 */
public final class Pages {
  private static final String LIVE = "web/live.html";

  private final Health health;
  private final FleetView fleet;
  private final PrometheusMeterRegistry registry;
  private final String changed;

  /**
   * @param changed bus address of the bell that says that something in the fleet has changed
   */
  public Pages(Health health, FleetView fleet, PrometheusMeterRegistry registry, String changed) {
    this.health = health;
    this.fleet = fleet;
    this.registry = registry;
    this.changed = changed;
  }

  /** Listens on all addresses. */
  public Future<HttpServer> listen(Vertx vertx, int port) {
    LiveFeed feed = new LiveFeed(vertx, fleet, new Meters(registry));
    vertx.eventBus().consumer(changed, bell -> feed.bell());
    Router router = Router.router(vertx);
    health.mount(router);
    router.get("/").handler(Pages::live);
    router.get("/live").handler(feed::open);
    router.get("/metrics").handler(this::metrics);
    router
        .route()
        .handler(
            request ->
                request
                    .response()
                    .setStatusCode(404)
                    .putHeader("content-type", "application/json")
                    .end("{\"error\":\"no such page\"}\n"));
    // With HTTP/2, Vert.x's metrics throw when a connection ends before its first request.
    var plain = new HttpServerOptions().setHttp2ClearTextEnabled(false);
    return vertx.createHttpServer(plain).requestHandler(router).listen(port);
  }

  private static void live(RoutingContext request) {
    request
        .response()
        .putHeader("content-type", "text/html; charset=utf-8")
        .putHeader("content-security-policy", "default-src 'self' 'unsafe-inline'; base-uri 'none'")
        .sendFile(LIVE)
        .onFailure(request::fail);
  }

  private void metrics(RoutingContext request) {
    request
        .response()
        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
        .end(registry.scrape());
  }
}
