package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pg.plan.Change;
import dev.pgoperator.pg.plan.CreateDatabase;
import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.Plan;
import dev.pgoperator.pg.plan.RoleName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server on which databases cannot be made at the moment. */
class NewDatabasesIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final PgTimeouts IMPATIENT = new PgTimeouts(LONG, Duration.ofSeconds(1), LONG);
  private static Postgres server;

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
  void whatTookTooLongInOneSessionIsNotSentAgainInAnother() throws Exception {
    List<Change> three =
        Stream.of("a", "b", "c")
            .<Change>map(
                name -> new CreateDatabase(new DatabaseName(name), new RoleName("postgres")))
            .toList();
    var tally = new Tally();
    var sessions = new Connector(VERTX, server.superuser(), IMPATIENT, tally);
    PgConnection other = new Sessions(VERTX).open(server.superuser());
    try {
      other
          .query("BEGIN; LOCK TABLE pg_database IN EXCLUSIVE MODE")
          .execute()
          .await(20, TimeUnit.SECONDS);

      Throwable failure =
          sessions
              .with(
                  Session.MAINTENANCE,
                  own -> new NewDatabases(own, sessions, tally).make(new Plan(three, List.of())))
              .<Throwable>transform(done -> Future.succeededFuture(done.cause()))
              .await(20, TimeUnit.SECONDS);

      assertThat(failure).isInstanceOf(PgFailure.TimedOut.class);
      assertThat(tally.traffic()).isEqualTo(new Traffic(3, 0, 6));
    } finally {
      other.close().await(20, TimeUnit.SECONDS);
    }
  }
}
