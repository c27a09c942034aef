package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.Wishes;
import dev.pgoperator.pg.plan.Yaml;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a sync leaves alone, and how far one bad wish reaches. */
class LimitsIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Sessions SESSIONS = new Sessions(VERTX);
  private static Postgres server;
  private final PgSync sync = new PgSync(VERTX, PgTimeouts.DEFAULT);

  @BeforeAll
  static void start() {
    server = Postgres.start("17");
    sql("postgres", "CREATE ROLE admin");
  }

  @AfterAll
  static void stop() {
    server.close();
    VERTX.close();
  }

  @Test
  void whatAUserRevokedStaysRevoked() throws Exception {
    String want = "prepared: {kept: {schemas: {data: {}}}}";
    sync(want);
    sql(
        "kept",
        """
        ALTER DEFAULT PRIVILEGES FOR ROLE kept_owner REVOKE SELECT ON TABLES FROM kept_reader;
        REVOKE USAGE ON SCHEMA data FROM kept_writer;
        ALTER DATABASE kept OWNER TO kept_data_owner""");

    assertThat(sync(want).applied()).isEmpty();
  }

  @Test
  void whatAUserAddedStays() throws Exception {
    String want = "roles: {app: {flags: [LOGIN], password: secret}}";
    sync(want);
    sql(
        "postgres",
        "CREATE ROLE extra; GRANT extra TO app; ALTER ROLE app CREATEDB; ALTER ROLE app SET work_mem TO '8MB'");

    assertThat(sync(want).applied()).isEmpty();
  }

  @Test
  void oneBadWishDoesNotHoldUpTheOthers() throws Exception {
    SyncReport report =
        sync(
            """
            roles:
              good: {flags: [LOGIN], password: secret}
              odd: {parameters: {work_mem: not a size}}
            databases: {goods: good}
            prepared: {half: {extensions: {no_such_extension: data, hstore: data}}}
            """);

    assertThat(report.failed())
        .extracting(SyncReport.Failed::subject)
        .containsExactlyInAnyOrder(
            "role \"odd\"", "extension \"no_such_extension\" of database \"half\"");
    sync.verifyLogin(server.login("good", "secret")).await(20, TimeUnit.SECONDS);
    assertThat(sql("half", "SELECT 1 FROM pg_extension WHERE extname = 'hstore'")).hasSize(1);
    assertThat(sql("postgres", "SELECT 1 FROM pg_database WHERE datname = 'goods'")).hasSize(1);
  }

  @Test
  void databasesAreCreatedSideBySideInFourSessions() throws Exception {
    String want =
        """
        roles: {many: {flags: [LOGIN]}}
        databases: {d1: many, d2: many, d3: many, d4: many, d5: many, d6: many}
        """;
    SyncReport first = sync(want);
    assertThat(first.failed()).isEmpty();
    assertThat(first.traffic().connections()).isEqualTo(4);
    assertThat(sql("postgres", "SELECT 1 FROM pg_database WHERE datname ~ '^d[1-6]$'")).hasSize(6);
    assertThat(sync(want).traffic()).isEqualTo(new Traffic(1, 3, 0));
  }

  /** Three of its places are kept for superusers. */
  @Test
  void aServerThatIsFullGetsItsDatabasesAllTheSame() throws Exception {
    sync("roles: {crowd: {flags: [LOGIN], password: push}}");
    List<PgConnection> crowd = SESSIONS.allPlaces(server.login("crowd", "push"));
    try {
      SyncReport report =
          sync(
              """
              roles: {few: {flags: [LOGIN]}}
              databases: {f1: few, f2: few, f3: few, f4: few}
              """);
      assertThat(report.failed()).isEmpty();
    } finally {
      for (PgConnection one : crowd) {
        one.close().await(20, TimeUnit.SECONDS);
      }
    }
    assertThat(sql("postgres", "SELECT 1 FROM pg_database WHERE datname ~ '^f[1-4]$'")).hasSize(4);
  }

  @Test
  void aDatabaseThatLetsNobodyInIsReportedAndTheOthersGoOn() throws Exception {
    String one = "prepared: {closed: {}, opened: {}}";
    sync(one);
    sql("postgres", "ALTER DATABASE closed ALLOW_CONNECTIONS false");

    SyncReport report =
        sync(
            "prepared: {closed: {schemas: {data: {}, b: {}}}, opened: {schemas: {data: {}, b: {}}}}");

    assertThat(report.failed())
        .extracting(SyncReport.Failed::subject)
        .containsExactly("database \"closed\"");
    assertThat(sql("opened", "SELECT 1 FROM pg_namespace WHERE nspname = 'b'")).hasSize(1);
  }

  @Test
  void theLookupFunctionTellsThePoolerAndNobodyElse() throws Exception {
    String want =
        """
        roles:
          pooler: {flags: [LOGIN], password: between}
          curious: {flags: [LOGIN], password: nose}
        databases: {looked: curious}
        lookup: {schema: pooler, user: pooler}
        """;
    sync(want);
    String call = "SELECT uname, phash FROM pooler.user_lookup('curious')";

    List<Row> found = SESSIONS.sql(server.login("pooler", "between"), "looked", call);

    assertThat(found)
        .singleElement()
        .satisfies(row -> assertThat(row.getString("phash")).startsWith("SCRAM-SHA-256$"));
    assertThat(
            sql(
                "looked",
                "SELECT has_function_privilege('curious', 'pooler.user_lookup(text)', 'EXECUTE') AS may"))
        .allMatch(row -> !row.getBoolean("may"));
    assertThat(sync(want).applied()).isEmpty();
  }

  @Test
  void membersLeaveAndComeBackWithAllTheyOwn() throws Exception {
    sync("roles: {carol: {flags: [LOGIN]}}");
    sql("postgres", "CREATE TABLE public.notes (); ALTER TABLE public.notes OWNER TO carol");

    sync("departures: {suffix: _deleted, suspended: [carol]}");
    assertThat(
            sql(
                "postgres",
                "SELECT 1 FROM pg_roles WHERE rolname = 'carol_deleted' AND NOT rolcanlogin"))
        .hasSize(1);
    sync("roles: {carol: {flags: [LOGIN]}}\ndepartures: {suffix: _deleted}");

    assertThat(
            sql(
                "postgres",
                "SELECT 1 FROM pg_tables WHERE tablename = 'notes' AND tableowner = 'carol'"))
        .hasSize(1);
    assertThat(sql("postgres", "SELECT 1 FROM pg_roles WHERE rolname = 'carol' AND rolcanlogin"))
        .hasSize(1);
  }

  @Test
  void expiredUsersOfARotationGo() throws Exception {
    sync(
        """
        roles:
          rota: {flags: [LOGIN], password: first}
          rota250101: {flags: [LOGIN], password: second, memberOf: [rota]}
          rota260901: {flags: [LOGIN], password: third, memberOf: [rota]}
        """);

    SyncReport report =
        sync(
            """
            roles: {rota: {flags: [LOGIN], password: first}}
            departures: {rotated: [rota], before: "2026-06-01"}
            """);

    assertThat(report.applied())
        .singleElement()
        .satisfies(change -> assertThat(change.subject()).contains("rota250101"));
    assertThat(sql("postgres", "SELECT 1 FROM pg_roles WHERE rolname LIKE 'rota%'")).hasSize(2);
  }

  @Test
  void aUserOfARotationHasTheSessionDefaultsOfItsRoleAlsoThoseSetByHand() throws Exception {
    sync("roles: {turn: {flags: [LOGIN], password: first}}");
    sql(
        "postgres",
        "ALTER ROLE turn SET search_path TO data; ALTER ROLE turn SET work_mem = '8MB'");
    String want =
        """
        roles:
          turn: {flags: [LOGIN]}
          turn261125: {flags: [LOGIN], password: second, memberOf: [turn]}
          turning261125: {flags: [LOGIN], password: third, memberOf: [turn]}
        """;

    sync(want);

    assertThat(
            sql(
                "postgres",
                "SELECT rolconfig::text AS c FROM pg_roles WHERE rolname = 'turn261125'"))
        .singleElement()
        .satisfies(
            row -> assertThat(row.getString("c")).contains("search_path=data", "work_mem=8MB"));
    assertThat(
            sql(
                "postgres",
                "SELECT 1 FROM pg_roles WHERE rolname = 'turning261125' AND rolconfig IS NULL"))
        .as("a name that only begins like the role's")
        .hasSize(1);
    assertThat(sync(want).applied()).isEmpty();
  }

  private SyncReport sync(String want) throws Exception {
    Desired desired = Wishes.of(Yaml.text(want));
    return sync.sync(server.superuser(), desired).await(30, TimeUnit.SECONDS);
  }

  private static List<Row> sql(String database, String sql) {
    return SESSIONS.sql(server.superuser(), database, sql);
  }
}
