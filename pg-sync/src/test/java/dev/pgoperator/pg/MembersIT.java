package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pg.plan.Credential;
import dev.pgoperator.pg.plan.Departures;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.Lookup;
import dev.pgoperator.pg.plan.Members;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.RoleFlag;
import dev.pgoperator.pg.plan.RoleName;
import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People come and go on a real server; nobody remembers anything but the server. */
class MembersIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final String MARK = "it's a member";
  private final Sessions sessions = new Sessions(VERTX);
  private final PgSync sync = new PgSync(VERTX, PgTimeouts.DEFAULT);
  private Postgres server;

  @BeforeEach
  void start() {
    server = Postgres.start("17");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @AfterAll
  static void close() {
    VERTX.close();
  }

  private SyncReport sync(boolean complete, String... people) throws Exception {
    List<DesiredRole> roles =
        Arrays.stream(people)
            .map(
                name ->
                    DesiredRole.of(new RoleName(name), Set.of(RoleFlag.LOGIN), Credential.none()))
            .toList();
    Set<RoleName> present = roles.stream().map(DesiredRole::name).collect(Collectors.toSet());
    var departures =
        new Departures(
            "_deleted",
            Set.of(),
            Set.of(),
            LocalDate.EPOCH,
            new Members(MARK, present, complete),
            Set.of());
    var desired =
        new Desired(
            roles,
            List.of(),
            List.of(),
            PasswordEncryption.SCRAM_SHA_256,
            departures,
            new Lookup.None());
    return sync.sync(server.superuser(), desired).await(20, TimeUnit.SECONDS);
  }

  private void sql(String statement) throws Exception {
    sessions.sql(server.superuser(), "postgres", statement);
  }

  private List<String> roles() throws Exception {
    return sessions
        .sql(
            server.superuser(),
            "postgres",
            """
            SELECT rolname || ' ' || rolcanlogin AS fact FROM pg_roles
             WHERE rolname NOT LIKE 'pg\\_%' AND NOT rolsuper ORDER BY 1""")
        .stream()
        .map(row -> row.getString("fact"))
        .toList();
  }

  @Test
  void whoLeftIsFoundByTheMarkAndComesBackWithWhatTheRoleOwned() throws Exception {
    sync(true, "anna", "bert");
    assertThat(sync(true, "anna", "bert").traffic()).isEqualTo(new Traffic(1, 3, 0));
    sql("CREATE TABLE mine (); ALTER TABLE mine OWNER TO bert; CREATE ROLE by_hand LOGIN");

    sync(true, "anna");
    assertThat(roles()).containsExactly("anna true", "bert_deleted false", "by_hand true");
    assertThat(sync(true, "anna").traffic()).isEqualTo(new Traffic(1, 3, 0));

    sync(true, "anna", "bert");
    assertThat(roles()).containsExactly("anna true", "bert true", "by_hand true");
    assertThat(
            sessions.sql(
                server.superuser(),
                "postgres",
                "SELECT tableowner::text AS fact FROM pg_tables WHERE tablename = 'mine'"))
        .extracting(row -> row.getString("fact"))
        .containsExactly("bert");
  }

  @Test
  void nobodyGoesWhileNotAllAreKnown() throws Exception {
    sync(true, "anna", "bert");
    sync(false);
    assertThat(roles()).containsExactly("anna true", "bert true");
  }

  @Test
  void aRoleWhoseNewNameIsTakenLosesTheLoginOnly() throws Exception {
    sync(true, "bert");
    sql("CREATE ROLE bert_deleted");
    sync(true);
    assertThat(roles()).containsExactly("bert false", "bert_deleted false");
    assertThat(sync(true).traffic()).isEqualTo(new Traffic(1, 3, 0));
    sync(true, "bert");
    assertThat(roles()).containsExactly("bert true", "bert_deleted false");
  }

  @Test
  void theWordsOfOthersInACommentStay() throws Exception {
    sql("CREATE ROLE anna LOGIN; COMMENT ON ROLE anna IS 'head of sales'");
    sync(true, "anna");
    assertThat(
            sessions.sql(
                server.superuser(),
                "postgres",
                """
                SELECT shobj_description(oid, 'pg_authid') AS fact FROM pg_roles
                 WHERE rolname = 'anna'"""))
        .extracting(row -> row.getString("fact"))
        .containsExactly("head of sales\n" + MARK);
    sync(true);
    assertThat(roles()).containsExactly("anna_deleted false");
  }

  @Test
  void aCommentOfAnotherKindOfObjectIsNoMark() throws Exception {
    sql("CREATE ROLE anna LOGIN; COMMENT ON DATABASE postgres IS 'it''s a member'");
    sync(true);
    assertThat(roles()).containsExactly("anna true");
  }
}
