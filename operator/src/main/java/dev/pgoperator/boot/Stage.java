package dev.pgoperator.boot;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What an operator meets while its image is built: an API server that knows one manifest and
 * believes whatever it is told. The operator starts on it and makes a cluster, so that the JVM sees
 * which code it needs at once, and keeps that in its AOT cache (JEP 483, JEP 515).
 */
final class Stage implements AutoCloseable {
  /** Name of the ConfigMap with the options. */
  static final String OPTIONS = "postgres-operator";

  private static final JsonObject MANIFEST =
      new JsonObject(
          """
          {"apiVersion": "acid.zalan.do/v1", "kind": "postgresql",
           "metadata": {"namespace": "default", "name": "acid-rehearsal", "uid": "1", "generation": 1,
             "resourceVersion": "1"},
           "spec": {"teamId": "acid", "numberOfInstances": 2, "volume": {"size": "1Gi"},
             "postgresql": {"version": "17"}, "users": {"app": []}, "databases": {"app": "app"}}}
          """);

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final Promise<Void> made = Promise.promise();

  Stage() {
    this.server =
        await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Done when a StatefulSet was made. */
  Future<Void> made() {
    return made.future();
  }

  private void answer(HttpServerRequest request) {
    if (request.uri().contains("watch=true")) {
      request.response().setStatusCode(503).end(); // the watch tries again, which is seen as well
    } else if (request.method().equals(HttpMethod.GET)) {
      say(request, 200, found(request.path()));
    } else {
      request.body().onSuccess(body -> believe(request, body));
    }
  }

  private JsonObject found(String path) {
    return path.endsWith("/configmaps/" + OPTIONS) ? options() : list(path);
  }

  /** With a port for the operator that nobody uses. */
  private static JsonObject options() {
    try (var free = new ServerSocket(0)) {
      return new JsonObject()
          .put("apiVersion", "v1")
          .put("kind", "ConfigMap")
          .put("metadata", new JsonObject().put("namespace", "default").put("name", OPTIONS))
          .put("data", new JsonObject().put("api_port", Integer.toString(free.getLocalPort())));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static JsonObject list(String path) {
    var items = new JsonArray();
    if (path.endsWith("/postgresqls")) {
      items.add(MANIFEST);
    }
    return new JsonObject()
        .put("kind", "List")
        .put("apiVersion", "v1")
        .put("metadata", new JsonObject().put("resourceVersion", "1"))
        .put("items", items);
  }

  private void believe(HttpServerRequest request, Buffer body) {
    JsonObject object = body.length() == 0 ? new JsonObject() : body.toJsonObject();
    JsonObject metadata = object.getJsonObject("metadata", new JsonObject());
    metadata.put("uid", UUID.randomUUID().toString()).put("resourceVersion", "2");
    say(request, 201, object.put("metadata", metadata));
    if (request.path().contains("/statefulsets")) {
      made.tryComplete();
    }
  }

  private static void say(HttpServerRequest request, int status, JsonObject what) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(what.toBuffer());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
