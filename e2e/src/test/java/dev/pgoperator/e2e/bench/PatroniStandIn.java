package dev.pgoperator.e2e.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers for the Patroni of every fake pod, whose addresses are all this machine's: each is a
 * primary with the configuration that it should have. Other addresses get no answer.
 */
final class PatroniStandIn implements AutoCloseable {
  private static final int PORT = 8008;
  private static final String FLEET = "10.78."; // e2e/bed/settings.sh
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/config",
          """
          {"ttl": 30, "loop_wait": 10, "retry_timeout": 10, "maximum_lag_on_failover": 33554432,
           "postgresql": {"use_pg_rewind": true, "use_slots": true, "parameters": {"max_connections": 100}},
           "failsafe_mode": false}
          """,
          "/patroni",
          """
          {"state": "running", "role": "primary", "server_version": 170011, "xlog": {"location": 50333000},
           "timeline": 1, "database_system_identifier": "7711107224462700583",
           "patroni": {"version": "4.0.7", "scope": "fleet", "name": ""}}
          """,
          "/cluster",
          """
          {"members": [], "scope": "fleet"}
          """);

  private final HttpServer server;
  private final LongAdder asked = new LongAdder();

  private PatroniStandIn(HttpServer server) {
    this.server = server;
  }

  static PatroniStandIn start() {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(PORT), 1024);
      var standIn = new PatroniStandIn(server);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", standIn::answer);
      server.start();
      return standIn;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Requests so far. */
  long asked() {
    return asked.sum();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getLocalAddress().getAddress().getHostAddress().startsWith(FLEET)) {
        return;
      }
      asked.increment();
      exchange.getRequestBody().readAllBytes();
      String known = ANSWERS.get(exchange.getRequestURI().getPath());
      byte[] body = (known == null ? "{}" : known).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(known == null ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
