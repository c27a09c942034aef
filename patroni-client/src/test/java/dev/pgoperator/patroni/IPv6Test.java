package dev.pgoperator.patroni;

import static dev.pgoperator.patroni.PatroniHttpTest.answer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** Pods may have IPv6 addresses, which a URL writes in brackets and a socket does not. */
class IPv6Test {

  @Test
  void anIPv6MemberIsReachedAndNamedInBrackets() throws Exception {
    assumeTrue(hasLoopback(), "this machine has no IPv6 loopback");
    var vertx = Vertx.vertx();
    Promise<String> host = Promise.promise();
    HttpServer server =
        answer(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      host.complete(request.getHeader("Host"));
                      request.response().end("{}");
                    })
                .listen(0, "::1"));
    var member = new MemberAddress("::1", server.actualPort());
    try (var patroni = new PatroniHttp(vertx, PatroniTimeouts.defaults())) {
      answer(patroni.status(member));
    }

    assertThat(answer(host.future())).isEqualTo("[::1]:" + server.actualPort());
    vertx.close().await(10, SECONDS);
  }

  private static boolean hasLoopback() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
  }
}
