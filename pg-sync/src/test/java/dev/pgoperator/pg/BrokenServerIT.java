package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.Secret;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BrokenServerIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final PgTimeouts SHORT =
      new PgTimeouts(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(20));

  private static final Desired NOTHING =
      new Desired(List.of(), List.of(), List.of(), PasswordEncryption.SCRAM_SHA_256);

  private final PgSync sync = new PgSync(VERTX, SHORT);

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @Test
  void nobodyListening() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThatThrownBy(
            () -> sync.sync(at(port, new Tls.Off()), NOTHING).await(20, TimeUnit.SECONDS))
        .isInstanceOf(PgFailure.Unreachable.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void acceptsAndNeverAnswers() throws Exception {
    for (Tls tls : List.of(new Tls.Off(), new Tls.Required())) {
      Promise<Void> hungUp = Promise.promise();
      NetServer silent =
          VERTX
              .createNetServer()
              .connectHandler(socket -> socket.closeHandler(closed -> hungUp.tryComplete()));
      int port = silent.listen(0, "127.0.0.1").await(5, TimeUnit.SECONDS).actualPort();

      assertThatThrownBy(() -> sync.probe(at(port, tls)).await(20, TimeUnit.SECONDS))
          .isInstanceOf(PgFailure.TimedOut.class);
      hungUp.future().await(20, TimeUnit.SECONDS);
      silent.close();
    }
  }

  @Test
  void resetsTheConnection() throws Exception {
    NetServer reset = VERTX.createNetServer().connectHandler(socket -> socket.close());
    int port = reset.listen(0, "127.0.0.1").await(5, TimeUnit.SECONDS).actualPort();

    assertThatThrownBy(() -> sync.verifyLogin(at(port, new Tls.Off())).await(20, TimeUnit.SECONDS))
        .isInstanceOf(PgFailure.Unreachable.class);
    reset.close();
  }

  @Test
  void answersNoTlsWhereItIsRequired() {
    try (Postgres server = Postgres.start("17")) {
      PgEndpoint plain = server.superuser();
      var required = new PgEndpoint(plain.host(), plain.port(), plain.user(), plain.password());

      assertThatThrownBy(() -> sync.probe(required).await(20, TimeUnit.SECONDS))
          .isInstanceOf(PgFailure.Unreachable.class);
    }
  }

  @Test
  void fallsSilentInTheMiddle() throws Exception {
    try (Postgres server = Postgres.start("17");
        Proxy proxy = Proxy.silentAfter(VERTX, server.superuser(), 600)) {
      assertThatThrownBy(() -> sync.sync(proxy.endpoint(), NOTHING).await(20, TimeUnit.SECONDS))
          .isInstanceOfAny(PgFailure.Unreachable.class, PgFailure.TimedOut.class);
      assertThat(proxy.bytesSeen()).isGreaterThan(600);
    }
  }

  @Test
  void aCancelledSyncDoesNotWaitForAHungServer() throws Exception {
    var patient = new PgSync(VERTX, PgTimeouts.DEFAULT);
    try (Postgres server = Postgres.start("17");
        Proxy proxy = Proxy.silentAfter(VERTX, server.superuser(), 600)) {
      var cancellation = new Cancellation();
      Future<SyncReport> report = patient.sync(proxy.endpoint(), NOTHING, cancellation);
      proxy.fellSilent().await(20, TimeUnit.SECONDS);

      cancellation.cancel();

      // Its own timeout would come after a minute only.
      assertThatThrownBy(() -> report.await(20, TimeUnit.SECONDS))
          .isInstanceOf(PgFailure.Cancelled.class);
      assertThatThrownBy(
              () ->
                  patient.sync(proxy.endpoint(), NOTHING, cancellation).await(20, TimeUnit.SECONDS))
          .isInstanceOf(PgFailure.Cancelled.class);
    }
  }

  @Test
  void isInRecovery() throws Exception {
    try (Postgres server = Postgres.start("17")) {
      server.restartInRecovery();

      PrimaryState state = sync.probe(server.superuser()).await(20, TimeUnit.SECONDS);

      assertThat(state.inRecovery()).isTrue();
      assertThat(state.acceptsWrites()).isFalse();
      assertThat(state.version()).isBetween(170000, 179999);
      assertThatThrownBy(() -> sync.sync(server.superuser(), NOTHING).await(20, TimeUnit.SECONDS))
          .isInstanceOf(PgFailure.ReadOnly.class);
    }
  }

  @Test
  void isReadOnly() {
    try (Postgres server = Postgres.start("17", List.of("default_transaction_read_only = on"))) {
      assertThatThrownBy(() -> sync.sync(server.superuser(), NOTHING).await(20, TimeUnit.SECONDS))
          .isInstanceOf(PgFailure.ReadOnly.class);
    }
  }

  private static PgEndpoint at(int port, Tls tls) {
    return new PgEndpoint("127.0.0.1", port, "postgres", new Secret("never sent"), tls);
  }
}
