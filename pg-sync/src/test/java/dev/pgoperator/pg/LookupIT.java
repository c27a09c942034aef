package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pg.plan.InstallLookup;
import dev.pgoperator.pg.plan.Wishes;
import dev.pgoperator.pg.plan.Yaml;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The function by which a connection pooler finds passwords, against a real server. */
class LookupIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Sessions SESSIONS = new Sessions(VERTX);
  private static final String CALL = "SELECT uname, phash FROM pooler.user_lookup('client')";
  private static final String WANT =
      """
      roles:
        pooler: {flags: [LOGIN], password: between}
        client: {flags: [LOGIN], password: beyond}
      databases: {shop: client}
      lookup: {schema: pooler, user: pooler}
      """;

  private static Postgres server;
  private final PgSync sync = new PgSync(VERTX, PgTimeouts.DEFAULT);

  @BeforeAll
  static void start() throws Exception {
    server = Postgres.start("17", List.of());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    VERTX.close();
  }

  @Test
  void isInEveryDatabaseAlsoInThoseThatNobodyDeclared() throws Exception {
    sync(WANT);
    sql("postgres", "CREATE DATABASE by_hand");

    SyncReport report = sync(WANT);

    assertThat(report.applied())
        .singleElement()
        .satisfies(change -> assertThat(change.subject()).contains("by_hand"));
    for (String database : List.of("postgres", "shop", "by_hand")) {
      assertThat(asPooler(database)).as(database).hasSize(1);
    }
    assertThat(sql("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'templ%'"))
        .as("templates let nobody in or are nobody's business")
        .hasSize(2);
    assertThat(sync(WANT).traffic().statements()).isZero();
    sql("postgres", "DROP DATABASE by_hand");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP FUNCTION pooler.user_lookup(text)",
        "DROP SCHEMA pooler CASCADE",
        "REVOKE EXECUTE ON FUNCTION pooler.user_lookup(text) FROM pooler",
        "REVOKE USAGE ON SCHEMA pooler FROM pooler",
        "GRANT EXECUTE ON FUNCTION pooler.user_lookup(text) TO public",
        "ALTER FUNCTION pooler.user_lookup(text) SECURITY INVOKER",
        "ALTER FUNCTION pooler.user_lookup(text) RESET search_path",
        "ALTER FUNCTION pooler.user_lookup(text) OWNER TO client"
      })
  void isRepairedWhateverWasDoneToItAndThenLeftAlone(String damage) throws Exception {
    sync(WANT);
    sql("shop", damage);

    SyncReport repaired = sync(WANT);

    assertThat(repaired.failed()).isEmpty();
    assertThat(repaired.applied()).singleElement().isInstanceOf(InstallLookup.class);
    assertThat(asPooler("shop")).hasSize(1);
    assertThat(sync(WANT).traffic().statements()).isZero();
  }

  @Test
  void doesNotTellAPasswordThatHasExpired() throws Exception {
    sync(WANT);
    sql("postgres", "ALTER ROLE client VALID UNTIL '2020-01-01'");

    assertThat(asPooler("shop").getFirst().getString("phash")).isNull();

    sql("postgres", "ALTER ROLE client VALID UNTIL 'infinity'");
    assertThat(asPooler("shop").getFirst().getString("phash")).startsWith("SCRAM-SHA-256$");
  }

  @Test
  void nobodyKeepsWhatWasGrantedOnAForeignFunctionOfThatName() throws Exception {
    sync(WANT);
    sql("shop", "DROP SCHEMA pooler CASCADE; CREATE SCHEMA pooler AUTHORIZATION client");
    SESSIONS.sql(
        server.login("client", "beyond"),
        "shop",
        """
        CREATE FUNCTION pooler.user_lookup(IN i_username text, OUT uname text, OUT phash text)
          LANGUAGE sql AS 'SELECT i_username, ''mine''';
        CREATE FUNCTION pooler.note() RETURNS void LANGUAGE sql AS '';
        GRANT EXECUTE ON FUNCTION pooler.user_lookup(text) TO client""");

    sync(WANT);

    assertThat(asPooler("shop").getFirst().getString("phash")).startsWith("SCRAM-SHA-256$");
    assertThat(
            sql(
                "shop",
                "SELECT has_function_privilege('client', 'pooler.user_lookup(text)', 'EXECUTE') AS may"))
        .allMatch(row -> !row.getBoolean("may"));
    assertThat(sync(WANT).traffic().statements()).isZero();
  }

  @Test
  void anotherUserOfThePoolerMayCallItToo() throws Exception {
    sync(WANT);
    String renamed =
        WANT.replace("pooler: {flags", "gate: {flags").replace("user: pooler", "user: gate");

    SyncReport report = sync(renamed);

    assertThat(report.failed()).isEmpty();
    assertThat(SESSIONS.sql(server.login("gate", "between"), "shop", CALL)).hasSize(1);
    assertThat(sync(renamed).traffic().statements()).isZero();
  }

  private SyncReport sync(String want) throws Exception {
    return sync.sync(server.superuser(), Wishes.of(Yaml.text(want))).await(30, TimeUnit.SECONDS);
  }

  private static List<Row> asPooler(String database) {
    return SESSIONS.sql(server.login("pooler", "between"), database, CALL);
  }

  private static List<Row> sql(String database, String sql) {
    return SESSIONS.sql(server.superuser(), database, sql);
  }
}
