package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.pg.plan.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TlsIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final SelfSignedCertificate CERTIFICATE =
      SelfSignedCertificate.create("localhost");
  private static Postgres server;
  private final PgSync sync = new PgSync(VERTX, PgTimeouts.DEFAULT);

  @BeforeAll
  static void start() {
    server =
        Postgres.start(
            "17",
            List.of("ssl = on"),
            Path.of(CERTIFICATE.certificatePath()),
            Path.of(CERTIFICATE.privateKeyPath()));
  }

  @AfterAll
  static void stop() {
    server.close();
    CERTIFICATE.delete();
    VERTX.close();
  }

  @Test
  void takesAnyCertificateByDefault() throws Exception {
    PgEndpoint plain = server.superuser();

    sync.verifyLogin(new PgEndpoint(plain.host(), plain.port(), plain.user(), plain.password()))
        .await(20, TimeUnit.SECONDS);

    assertThat(server.log()).contains("SSL enabled");
  }

  @Test
  void verifiesTheServerWhereAnAuthorityIsGiven() throws Exception {
    String authority = Files.readString(Path.of(CERTIFICATE.certificatePath()));

    assertThat(sync.probe(at("localhost", authority)).await(20, TimeUnit.SECONDS).acceptsWrites())
        .isTrue();
    assertThatThrownBy(() -> sync.probe(at("127.0.0.1", authority)).await(20, TimeUnit.SECONDS))
        .as("a certificate for another name")
        .isInstanceOf(PgFailure.Unreachable.class);
    String stranger =
        Files.readString(Path.of(SelfSignedCertificate.create("localhost").certificatePath()));
    assertThatThrownBy(() -> sync.probe(at("localhost", stranger)).await(20, TimeUnit.SECONDS))
        .as("another authority")
        .isInstanceOf(PgFailure.Unreachable.class);
  }

  private static PgEndpoint at(String host, String authority) {
    PgEndpoint plain = server.superuser();
    return new PgEndpoint(
        host,
        plain.port(),
        plain.user(),
        new Secret(Postgres.PASSWORD),
        new Tls.Verified(authority));
  }
}
