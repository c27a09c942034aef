package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.Wishes;
import dev.pgoperator.pg.plan.Yaml;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A connection that breaks at any place leaves a server that the next sync brings to the same end.
 */
class InterruptedSyncIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Sessions SESSIONS = new Sessions(VERTX);
  private static final String BEFORE = "CREATE ROLE cron_admin; CREATE ROLE admin";
  private static final int STEP = 499;

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @Test
  void convergesWhereverTheConnectionBreaks() throws Exception {
    Desired desired = Wishes.of(Yaml.resource("/conformance/v04-prepared-databases/want.yaml"));
    var sync = new PgSync(VERTX, PgTimeouts.DEFAULT);
    try (Postgres calm = Postgres.start("17");
        Postgres stormy = Postgres.start("17")) {
      SESSIONS.sql(calm.superuser(), "postgres", BEFORE);
      SESSIONS.sql(stormy.superuser(), "postgres", BEFORE);
      sync.sync(calm.superuser(), desired).await(60, TimeUnit.SECONDS);
      Set<String> expected = Facts.of(SESSIONS, calm.superuser());

      boolean whole = false;
      int breaks = 0;
      for (long bytes = STEP; !whole; bytes += STEP) {
        try (Proxy proxy = Proxy.cuttingAfter(VERTX, stormy.superuser(), bytes)) {
          whole =
              sync.sync(proxy.endpoint(), desired)
                  .map(true)
                  .otherwise(false)
                  .await(60, TimeUnit.SECONDS);
          breaks += whole ? 0 : 1;
        }
      }

      assertThat(breaks).as("broken syncs before the one that came through").isGreaterThan(10);
      assertThat(Facts.of(SESSIONS, stormy.superuser())).isEqualTo(expected);
      SyncReport after = sync.sync(stormy.superuser(), desired).await(60, TimeUnit.SECONDS);
      assertThat(after.applied()).isEmpty();
      assertThat(after.complete()).isTrue();
    }
  }
}
