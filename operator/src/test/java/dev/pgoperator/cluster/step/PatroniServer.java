package dev.pgoperator.cluster.step;

import dev.pgoperator.patroni.MemberAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A member of Patroni with a configuration that can be read and changed. */
final class PatroniServer implements AutoCloseable {
  private final HttpServer server;
  private volatile JsonObject config = new JsonObject();
  private volatile JsonObject status =
      new JsonObject().put("state", "running").put("role", "primary");
  private final AtomicInteger patches = new AtomicInteger();

  PatroniServer(Vertx vertx) {
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(5, TimeUnit.SECONDS)
            .join();
  }

  MemberAddress address() {
    return new MemberAddress("127.0.0.1", server.actualPort());
  }

  void configured(JsonObject now) {
    config = now;
  }

  void waitsForRestart(String parameter) {
    status =
        status
            .copy()
            .put("pending_restart", true)
            .put("pending_restart_reason", JsonObject.of(parameter, new JsonObject()));
  }

  JsonObject config() {
    return config;
  }

  int patches() {
    return patches.get();
  }

  private void answer(HttpServerRequest request) {
    if (!request.path().equals("/config")) {
      request.response().end(status.toBuffer());
    } else if (request.method().equals(HttpMethod.PATCH)) {
      request
          .body()
          .onSuccess(
              body -> {
                patches.incrementAndGet();
                config = merged(config, body.toJsonObject());
                request.response().end(config.toBuffer());
              });
    } else {
      request.response().end(config.toBuffer());
    }
  }

  /** As Patroni does: objects are joined, and null removes. */
  private static JsonObject merged(JsonObject before, JsonObject patch) {
    JsonObject result = before.copy();
    for (String key : patch.fieldNames()) {
      Object value = patch.getValue(key);
      if (value == null) {
        result.remove(key);
      } else if (value instanceof JsonObject inner
          && result.getValue(key) instanceof JsonObject there) {
        result.put(key, merged(there, inner));
      } else {
        result.put(key, value);
      }
    }
    return result;
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
