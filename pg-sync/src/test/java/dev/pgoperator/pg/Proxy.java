package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Secret;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between client and server and breaks off after a number of bytes from the client, or falls
 * silent.
 */
final class Proxy implements AutoCloseable {
  private final Vertx vertx;
  private final PgEndpoint server;
  private final long bytes;
  private final boolean silent;
  private final AtomicLong seen = new AtomicLong();
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private final Promise<Void> passed = Promise.promise();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final NetServer listener;

  private Proxy(Vertx vertx, PgEndpoint server, long bytes, boolean silent) {
    this.vertx = vertx;
    this.server = server;
    this.bytes = bytes;
    this.silent = silent;
    this.listener = vertx.createNetServer().connectHandler(this::accept);
  }

  /** Cuts all connections once the client has sent so many bytes in all. */
  static Proxy cuttingAfter(Vertx vertx, PgEndpoint server, long bytes) {
    return new Proxy(vertx, server, bytes, false).listen();
  }

  /** Passes nothing on in either direction once the client has sent so many bytes. */
  static Proxy silentAfter(Vertx vertx, PgEndpoint server, long bytes) {
    return new Proxy(vertx, server, bytes, true).listen();
  }

  /** Passes everything on, and tells of connections. */
  static Proxy passing(Vertx vertx, PgEndpoint server) {
    return cuttingAfter(vertx, server, Long.MAX_VALUE);
  }

  PgEndpoint endpoint() {
    return new PgEndpoint(
        "127.0.0.1",
        listener.actualPort(),
        server.user(),
        new Secret(server.password().reveal()),
        new Tls.Off());
  }

  /** Completes when the limit is passed. */
  Future<Void> fellSilent() {
    return passed.future();
  }

  /** What happens next to a connection: {@code opened} or {@code closed}. */
  String nextEvent() throws InterruptedException {
    String event = events.poll(20, TimeUnit.SECONDS);
    return event == null ? "nothing within 20 s" : event;
  }

  long bytesSeen() {
    return seen.get();
  }

  @Override
  public void close() {
    listener.close();
  }

  private Proxy listen() {
    try {
      listener.listen(0, "127.0.0.1").await(5, TimeUnit.SECONDS);
      return this;
    } catch (TimeoutException late) {
      throw new IllegalStateException(late);
    }
  }

  private void accept(NetSocket client) {
    sockets.add(client);
    events.add("opened");
    client.pause();
    vertx
        .createNetClient()
        .connect(server.port(), server.host())
        .onSuccess(
            upstream -> {
              sockets.add(upstream);
              client.closeHandler(
                  closed -> {
                    events.add("closed");
                    upstream.close();
                  });
              upstream.handler(data -> forward(data, client));
              client.handler(
                  data -> {
                    seen.addAndGet(data.length());
                    if (over()) {
                      passed.tryComplete();
                    }
                    if (over() && !silent) {
                      sockets.forEach(NetSocket::close);
                    } else {
                      forward(data, upstream);
                    }
                  });
              upstream.closeHandler(closed -> client.close());
              client.resume();
            });
  }

  private void forward(Buffer data, NetSocket to) {
    if (!over()) {
      to.write(data);
    }
  }

  private boolean over() {
    return seen.get() > bytes;
  }
}
