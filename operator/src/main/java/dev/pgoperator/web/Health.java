package dev.pgoperator.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers Kubernetes' probes: {@code /livez} while the event loop turns, {@code /readyz} once all
 * watches have delivered their first list. For people, {@code /health} and {@code /ready} say more.
 * Paths may end in a slash, as existing probes write them.
 */
public final class Health {
  private final BooleanSupplier ready;
  private final Supplier<Set<String>> interrupted;

  /**
   * @param ready whether the operator knows the world and acts
   * @param interrupted kinds of objects whose watch is interrupted at this moment
   */
  public Health(BooleanSupplier ready, Supplier<Set<String>> interrupted) {
    this.ready = ready;
    this.interrupted = interrupted;
  }

  void mount(Router router) {
    router.get("/livez").handler(request -> send(request, 200, "\"OK\""));
    router.get("/readyz").handler(this::probe);
    router.get("/health").handler(this::health);
    router.get("/ready").handler(this::probe);
  }

  /** An interrupted watch makes nobody unready: the operator acts on what it knows meanwhile. */
  private void probe(RoutingContext request) {
    if (ready.getAsBoolean()) {
      send(request, 200, "\"OK\"");
    } else {
      send(request, 503, "\"the watches have not delivered yet\"");
    }
  }

  /** Says 503 while it does not hear what happens in Kubernetes. */
  private void health(RoutingContext request) {
    Set<String> lost = interrupted.get();
    JsonObject answer =
        new JsonObject()
            .put("ready", ready.getAsBoolean())
            .put("interruptedWatches", new JsonArray(lost.stream().sorted().toList()));
    send(request, ready.getAsBoolean() && lost.isEmpty() ? 200 : 503, answer.encode());
  }

  private static void send(RoutingContext request, int status, String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(body + "\n");
  }
}
