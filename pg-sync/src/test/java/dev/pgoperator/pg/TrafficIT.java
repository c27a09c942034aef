package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.Wishes;
import dev.pgoperator.pg.plan.Yaml;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What reaches the server, by the server's own log. */
class TrafficIT {
  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @Test
  void aServerThatFitsSeesThreeCatalogQueriesPerDatabaseAndNothingElse() throws Exception {
    Desired desired = Wishes.of(Yaml.resource("/conformance/v04-prepared-databases/want.yaml"));
    try (Postgres server = Postgres.start("17")) {
      new Sessions(VERTX)
          .sql(server.superuser(), "postgres", "CREATE ROLE cron_admin; CREATE ROLE admin");
      var sync = new PgSync(VERTX, PgTimeouts.DEFAULT);
      sync.sync(server.superuser(), desired).await(60, TimeUnit.SECONDS);
      int before = server.log().length();

      for (int round = 0; round < 100; round++) {
        SyncReport report = sync.sync(server.superuser(), desired).await(60, TimeUnit.SECONDS);
        assertThat(report.traffic()).isEqualTo(new Traffic(4, 12, 0));
      }

      String log = server.log().substring(before);
      List<String> statements = log.lines().filter(line -> line.contains("statement: ")).toList();
      assertThat(statements).hasSize(1200).allMatch(line -> line.contains("statement: SELECT "));
      for (String database : List.of("postgres", "bare", "catalog", "vault_db")) {
        assertThat(statements)
            .filteredOn(line -> line.startsWith("<" + database + ">"))
            .hasSize(300);
        assertThat(log.lines())
            .filteredOn(
                line ->
                    line.contains("connection authorized: ")
                        && line.contains("database=" + database + " "))
            .hasSize(100);
      }
    }
  }
}
