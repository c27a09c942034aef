package dev.pgoperator.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BooleanSupplier;

/**
 * Answers Kubernetes' probes: {@code /livez} while the event loop turns, {@code /readyz} once all
 * watches have delivered their first list. Paths may end in a slash, as existing probes write them.
 */
public final class Health {
  private final BooleanSupplier ready;

  /**
   * @param ready whether the operator knows the world and acts
   */
  public Health(BooleanSupplier ready) {
    this.ready = ready;
  }

  /** Listens on all addresses. */
  public Future<HttpServer> listen(Vertx vertx, int port) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> answer(request.path(), request.response()))
        .listen(port);
  }

  private void answer(String path, HttpServerResponse response) {
    String page =
        path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path;
    switch (page) {
      case "/livez" -> send(response, 200, "\"OK\"");
      case "/readyz" -> {
        if (ready.getAsBoolean()) {
          send(response, 200, "\"OK\"");
        } else {
          send(response, 503, "\"the watches have not delivered yet\"");
        }
      }
      default -> send(response, 404, "{\"error\":\"no such page\"}");
    }
  }

  private static void send(HttpServerResponse response, int status, String body) {
    response.setStatusCode(status).putHeader("content-type", "application/json").end(body + "\n");
  }
}
