package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.PasswordEncryption;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A connection that is opened before it is needed, by the server's own log. */
class ConnectAheadIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Desired NOTHING =
      new Desired(List.of(), List.of(), List.of(), PasswordEncryption.SCRAM_SHA_256);
  private static final String IN = "connection authorized: user=postgres";
  private static final String OUT = "disconnection: ";
  private static Postgres server;
  private final PgSync sync = new PgSync(VERTX, PgTimeouts.DEFAULT);

  @BeforeAll
  static void start() {
    server = Postgres.start("17");
  }

  @AfterAll
  static void stop() {
    server.close();
    VERTX.close();
  }

  @Test
  void theNextSyncOfThatServerWorksOnIt() throws Exception {
    int before = server.log().length();

    sync.connectAhead(server.superuser());
    sync.connectAhead(server.superuser());
    await(before, IN);
    assertThat(sync()).isEqualTo(new Traffic(1, 3, 0));
    await(before, OUT);

    assertThat(lines(before, IN)).isEqualTo(1);
    sync();
    await(before, IN, 2);
  }

  @Test
  void aSyncMayTakeItBeforeItIsConnected() throws Exception {
    int before = server.log().length();

    sync.connectAhead(server.superuser());
    sync();

    assertThat(lines(before, IN)).isEqualTo(1);
  }

  @Test
  void nobodyHasToComeForIt() throws Exception {
    int before = server.log().length();

    sync.connectAhead(server.superuser());
    await(before, IN);

    await(before, OUT);
    sync();
    await(before, IN, 2);
  }

  @Test
  void theSyncTellsWhyItCouldNotConnect() {
    PgEndpoint stranger = server.login("postgres", "another password");
    sync.connectAhead(stranger);

    assertThatThrownBy(() -> sync.sync(stranger, NOTHING).await(20, TimeUnit.SECONDS))
        .isInstanceOf(PgFailure.LoginRejected.class);
  }

  private Traffic sync() throws Exception {
    return sync.sync(server.superuser(), NOTHING).await(20, TimeUnit.SECONDS).traffic();
  }

  private static void await(int from, String what) throws Exception {
    await(from, what, 1);
  }

  private static void await(int from, String what, int times) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (lines(from, what) < times) {
      assertThat(System.nanoTime()).as(what + " is logged within 20 s").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static long lines(int from, String what) {
    return server.log().substring(from).lines().filter(line -> line.contains(what)).count();
  }
}
