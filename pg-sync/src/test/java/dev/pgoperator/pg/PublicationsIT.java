package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.DesiredPublications;
import dev.pgoperator.pg.plan.DropPublication;
import dev.pgoperator.pg.plan.SetPublication;
import dev.pgoperator.pg.plan.TableName;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PublicationsIT {
  private static final Vertx VERTX = Vertx.vertx();
  private final Sessions sessions = new Sessions(VERTX);
  private final PgSync sync = new PgSync(VERTX, PgTimeouts.DEFAULT);

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @Test
  void createsChangesAndDropsItsOwnOnly() throws Exception {
    try (Postgres server = Postgres.start("17", List.of("wal_level = logical"))) {
      sessions.sql(
          server.superuser(),
          "postgres",
          """
          CREATE SCHEMA "o'dd"; CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE "o'dd"."b ""c" (id int PRIMARY KEY);
          CREATE ROLE other SUPERUSER; CREATE PUBLICATION theirs FOR TABLE a;
          CREATE PUBLICATION fes_theirs FOR TABLE a; ALTER PUBLICATION fes_theirs OWNER TO other;
          CREATE PUBLICATION fes_old FOR TABLE a""");

      SyncReport created = sync(server, Map.of("fes_new", Set.of("a")));
      SyncReport quiet = sync(server, Map.of("fes_new", Set.of("a")));
      SyncReport changed =
          sync(server, Map.of("fes_new", Set.of("public.a", "o'dd.b \"c"), "fes_empty", Set.of()));
      SyncReport kept = sync(server, Map.of("fes_new", Set.of()));

      assertThat(created.applied())
          .hasAtLeastOneElementOfType(SetPublication.class)
          .hasAtLeastOneElementOfType(DropPublication.class)
          .hasSize(2);
      assertThat(quiet.traffic()).isEqualTo(new Traffic(1, 2, 0));
      assertThat(changed.applied()).hasSize(1);
      assertThat(changed.skipped()).hasSize(1);
      assertThat(kept.applied()).isEmpty();
      assertThat(
              sessions.sql(
                  server.superuser(),
                  "postgres",
                  "SELECT pubname || ' ' || tablename AS fact FROM pg_publication_tables ORDER BY 1"))
          .extracting(row -> row.getString("fact"))
          .containsExactly("fes_new a", "fes_new b \"c", "fes_theirs a", "theirs a");
      assertThat(
              sessions.sql(
                  server.superuser(),
                  "postgres",
                  "SELECT 1 FROM pg_publication WHERE pubname = 'fes_new' AND pubinsert AND pubupdate AND NOT pubdelete AND NOT pubtruncate"))
          .hasSize(1);
    }
  }

  private SyncReport sync(Postgres server, Map<String, Set<String>> tables) throws Exception {
    Map<String, Set<TableName>> wanted =
        tables.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry ->
                        entry.getValue().stream().map(TableName::of).collect(Collectors.toSet())));
    return sync.syncPublications(
            server.superuser(),
            new DesiredPublications(new DatabaseName("postgres"), "fes_", wanted),
            new Cancellation())
        .await(20, TimeUnit.SECONDS);
  }
}
