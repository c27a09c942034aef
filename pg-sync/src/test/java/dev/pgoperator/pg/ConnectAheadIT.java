package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.PasswordEncryption;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection that is opened before it is needed. */
class ConnectAheadIT {
  private static final Desired NOTHING =
      new Desired(List.of(), List.of(), List.of(), PasswordEncryption.SCRAM_SHA_256);

  private final Vertx vertx = Vertx.vertx();
  private final Postgres server = Postgres.start("17");
  private final Proxy way = Proxy.passing(vertx, server.superuser());
  private final PgSync sync = new PgSync(vertx, PgTimeouts.DEFAULT);

  @AfterEach
  void stop() throws Exception {
    way.close();
    vertx.close().await(20, TimeUnit.SECONDS);
    server.close();
  }

  @Test
  void theNextSyncOfThatServerWorksOnIt() throws Exception {
    sync.connectAhead(way.endpoint());
    sync.connectAhead(way.endpoint());
    assertThat(way.nextEvent()).isEqualTo("opened");

    assertThat(sync()).isEqualTo(new Traffic(1, 3, 0));

    assertThat(way.nextEvent()).as("no other was opened").isEqualTo("closed");
    sync();
    assertThat(way.nextEvent()).as("by the sync after that").isEqualTo("opened");
  }

  @Test
  void aSyncMayTakeItBeforeItIsConnected() throws Exception {
    sync.connectAhead(way.endpoint());
    sync();

    assertThat(way.nextEvent()).isEqualTo("opened");
    assertThat(way.nextEvent()).isEqualTo("closed");
  }

  @Test
  void nobodyHasToComeForIt() throws Exception {
    sync.connectAhead(way.endpoint());

    assertThat(way.nextEvent()).isEqualTo("opened");
    assertThat(way.nextEvent()).isEqualTo("closed");
    sync();
    assertThat(way.nextEvent()).isEqualTo("opened");
  }

  @Test
  void theSyncTellsWhyItCouldNotConnect() {
    PgEndpoint stranger = server.login("postgres", "another password");
    sync.connectAhead(stranger);

    assertThatThrownBy(() -> sync.sync(stranger, NOTHING).await(20, TimeUnit.SECONDS))
        .isInstanceOf(PgFailure.LoginRejected.class);
  }

  private Traffic sync() throws Exception {
    return sync.sync(way.endpoint(), NOTHING).await(20, TimeUnit.SECONDS).traffic();
  }
}
