package dev.pgoperator.e2e.bench;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Stands between an operator and the API server; it can refuse requests and cut watches. */
final class Door implements AutoCloseable {
  private static final int LONGEST_FRAME = 32 << 20;
  private static final List<CharSequence> OF_THE_CONNECTION =
      List.of(
          HttpHeaders.HOST,
          HttpHeaders.CONNECTION,
          HttpHeaders.UPGRADE,
          "HTTP2-Settings",
          "Sec-WebSocket-Key",
          "Sec-WebSocket-Version",
          "Sec-WebSocket-Extensions");

  private final Vertx vertx = Vertx.vertx();
  private final URI server;
  private final HttpClient requests;
  private final WebSocketClient watches;
  private final HttpServer door;
  private final Set<Runnable> open = ConcurrentHashMap.newKeySet();
  private volatile Supplier<Optional<Integer>> mood = Optional::empty;

  /**
   * @param server the API server
   */
  Door(URI server) {
    this.server = server;
    this.requests =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setSsl(true)
                    .setTrustAll(true)
                    .setVerifyHost(false)
                    .setDefaultHost(server.getHost())
                    .setDefaultPort(server.getPort()))
            .with(new PoolOptions().setHttp1MaxSize(500))
            .build();
    this.watches =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setMaxConnections(500)
                .setMaxFrameSize(LONGEST_FRAME)
                .setMaxMessageSize(LONGEST_FRAME));
    this.door =
        await(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setHttp2ClearTextEnabled(false)
                        .setMaxWebSocketFrameSize(LONGEST_FRAME)
                        .setMaxWebSocketMessageSize(LONGEST_FRAME))
                .requestHandler(this::handle)
                .listen());
  }

  /** Where an operator finds it. */
  String url() {
    return "http://127.0.0.1:" + door.actualPort();
  }

  /**
   * From now on.
   *
   * @param answer gives for each request the status with which it is refused, or nothing
   */
  void refuse(Supplier<Optional<Integer>> answer) {
    mood = answer;
  }

  /** Ends all watches that are open. */
  void cutWatches() {
    open.forEach(Runnable::run);
  }

  private void handle(HttpServerRequest request) {
    Optional<Integer> refusal = mood.get();
    if (refusal.isPresent()) {
      request.response().setStatusCode(refusal.get()).end("{\"kind\": \"Status\"}");
    } else if ("websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
      watch(request);
    } else {
      forward(request);
    }
  }

  private void forward(HttpServerRequest request) {
    var options =
        new RequestOptions()
            .setMethod(request.method())
            .setURI(request.uri())
            .setHeaders(headers(request));
    request.pause();
    requests
        .request(options)
        .compose(onward -> onward.send(request))
        .onSuccess(
            answer -> {
              var response = request.response().setStatusCode(answer.statusCode());
              response.headers().setAll(answer.headers());
              Runnable cut = () -> request.connection().close();
              if (request.uri().contains("watch=true")) {
                open.add(cut);
              }
              answer.pipeTo(response).onComplete(ended -> open.remove(cut));
            })
        .onFailure(failure -> request.connection().close());
  }

  private void watch(HttpServerRequest request) {
    var options = new WebSocketConnectOptions().setHost(server.getHost()).setPort(server.getPort());
    options.setURI(request.uri()).setHeaders(headers(request));
    request.pause();
    watches
        .connect(options)
        .onFailure(failure -> request.connection().close())
        .onSuccess(
            onward -> {
              onward.pause();
              request
                  .toWebSocket()
                  .onFailure(failure -> onward.close())
                  .onSuccess(here -> join(here, onward));
            });
  }

  private void join(WebSocketBase here, WebSocketBase onward) {
    Runnable cut =
        () -> {
          here.close();
          onward.close();
        };
    open.add(cut);
    here.frameHandler(onward::writeFrame);
    onward.frameHandler(here::writeFrame);
    for (WebSocketBase end : List.of(here, onward)) {
      end.exceptionHandler(failure -> cut.run());
      end.closeHandler(
          closed -> {
            open.remove(cut);
            cut.run();
          });
    }
    onward.resume();
  }

  private static MultiMap headers(HttpServerRequest of) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(of.headers());
    OF_THE_CONNECTION.forEach(headers::remove);
    return headers;
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
