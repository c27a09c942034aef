package dev.pgoperator.patroni;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request and its answer, for the calls that share one deadline. A connection serves one
 * request and is cut at the deadline whatever it does then: a member that sends one byte a second
 * would otherwise keep it for ever.
 */
final class Exchange {
  private final WebClient client;
  private final Duration connect;
  private final Duration deadline;

  Exchange(Vertx vertx, Duration connect, Duration deadline) {
    this.connect = connect.compareTo(deadline) < 0 ? connect : deadline;
    this.deadline = deadline;
    // Patroni closes the connection after each answer anyway.
    var options =
        new HttpClientOptions()
            .setKeepAlive(false)
            .setConnectTimeout((int) this.connect.toMillis())
            .setMaxRedirects(0);
    var http =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(8).setMaxWaitQueueSize(32))
            .withConnectHandler(connection -> cutAtDeadline(vertx, connection))
            .build();
    client = WebClient.wrap(http, new WebClientOptions().setFollowRedirects(false));
  }

  private void cutAtDeadline(Vertx vertx, HttpConnection connection) {
    long timer = vertx.setTimer(deadline.toMillis(), fired -> connection.close());
    connection.closeHandler(closed -> vertx.cancelTimer(timer));
    // The call fails with it too; without a handler Vert.x would log it as an error of its own.
    connection.exceptionHandler(failure -> {});
  }

  /** The answer, whatever its status; fails with a {@link PatroniFailure}. */
  Future<HttpResponse<Buffer>> send(PatroniFailure.Call call, HttpMethod method, String path) {
    return failuresOf(call, request(call.member(), method, path).send());
  }

  /** The same, with a body. */
  Future<HttpResponse<Buffer>> send(
      PatroniFailure.Call call, HttpMethod method, String path, JsonObject body) {
    return failuresOf(call, request(call.member(), method, path).sendJsonObject(body));
  }

  private HttpRequest<Buffer> request(MemberAddress member, HttpMethod method, String path) {
    var address = SocketAddress.inetSocketAddress(member.port(), member.host());
    return client
        .request(method, address, member.port(), member.urlHost(), path)
        .as(BoundedBody::new)
        .connectTimeout(connect.toMillis())
        .idleTimeout(deadline.toMillis());
  }

  private Future<HttpResponse<Buffer>> failuresOf(
      PatroniFailure.Call call, Future<HttpResponse<Buffer>> sent) {
    return sent.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(failure(call, failure)));
  }

  private PatroniFailure failure(PatroniFailure.Call call, Throwable failure) {
    return switch (failure) {
      case PatroniFailure known -> known;
      case BoundedBody.TooLong _ -> new PatroniFailure.AnswerTooLong(call, BoundedBody.LIMIT);
      // Netty's connect timeout is a ConnectException too.
      case ConnectException e -> new PatroniFailure.MemberUnreachable(call, e);
      case UnknownHostException e -> new PatroniFailure.MemberUnreachable(call, e);
      case NoRouteToHostException e -> new PatroniFailure.MemberUnreachable(call, e);
      case TimeoutException _ -> new PatroniFailure.TimedOut(call, deadline);
      default -> new PatroniFailure.ConnectionLost(call, failure);
    };
  }

  void close() {
    client.close();
  }
}
