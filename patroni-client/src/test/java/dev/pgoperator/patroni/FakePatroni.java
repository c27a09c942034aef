package dev.pgoperator.patroni;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Real HTTP servers on the loopback interface that answer for the members of a {@link FakeCluster},
 * one port for each. Members that join the cluster later are served too.
 */
public final class FakePatroni implements AutoCloseable {
  /** Nobody listens here, so a connection is refused at once, as for a pod that is gone. */
  private static final MemberAddress NOBODY = new MemberAddress("127.0.0.1", 1);

  private final Vertx vertx;
  private final FakeCluster cluster;
  private final FakeOrders orders;
  private final PatroniHttp http;
  private final Map<String, Future<HttpServer>> servers = new ConcurrentHashMap<>();

  public FakePatroni(Vertx vertx, FakeCluster cluster) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.orders = new FakeOrders(cluster);
    this.http = new PatroniHttp(vertx, PatroniTimeouts.defaults());
  }

  /** A real client that reaches each member by the host that the cluster gave it, at any port. */
  public PatroniClient client() {
    return new FakeRoute(http, member -> address(member.host()));
  }

  /** Where the member with this host listens in truth. */
  public Future<MemberAddress> address(String host) {
    return cluster
        .at(host)
        .map(
            member ->
                servers
                    .computeIfAbsent(member.name, name -> listen(member))
                    .map(server -> new MemberAddress("127.0.0.1", server.actualPort())))
        .orElseGet(() -> Future.succeededFuture(NOBODY));
  }

  private Future<HttpServer> listen(FakeMember member) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> answer(member, request))
        .listen(0, "127.0.0.1");
  }

  private void answer(FakeMember member, HttpServerRequest request) {
    request
        .body()
        .map(body -> body.length() == 0 ? new JsonObject() : new JsonObject(body))
        .map(body -> orders.answer(member, request.method() + " " + request.path(), body))
        .onSuccess(answer -> request.response().setStatusCode(answer.status()).end(answer.body()))
        .onFailure(failure -> request.response().setStatusCode(400).end("bad request"));
  }

  @Override
  public void close() {
    http.close();
    servers.values().forEach(listening -> listening.onSuccess(HttpServer::close));
  }
}
