package dev.pgoperator.pg;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.pg.plan.Credential;
import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredDatabase;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.RoleFlag;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.Secret;
import dev.pgoperator.pg.plan.Sql;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Sessions SESSIONS = new Sessions(VERTX);
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

  @ParameterizedTest
  @ValueSource(strings = {"plain", "it's \\ \"odd\"", "grüße ☃", "\u2168 roman", "with\ttab and ä"})
  void aPasswordThatTheServerHashedIsRecognised(String password) throws Exception {
    String role = "theirs" + Integer.toHexString(password.hashCode());
    SESSIONS.sql(
        server.superuser(),
        "postgres",
        "CREATE ROLE %s LOGIN PASSWORD %s".formatted(Sql.ident(role), Sql.literal(password)));

    SyncReport report = sync(role, password, PasswordEncryption.SCRAM_SHA_256);

    assertThat(report.applied()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"our own", "it's \\ our \"odd\"", "our grüße ☃", "\u2168 our roman"})
  void aPasswordThatWeHashedLogsIn(String password) throws Exception {
    String role = "ours" + Integer.toHexString(password.hashCode());

    sync(role, password, PasswordEncryption.SCRAM_SHA_256);

    new PgSync(VERTX, PgTimeouts.DEFAULT)
        .verifyLogin(server.login(role, password))
        .await(20, TimeUnit.SECONDS);
    assertThat(server.log()).doesNotContain(password + "'");
  }

  @Test
  void anEditedPasswordReplacesTheOldOne() throws Exception {
    sync("edited", "before", PasswordEncryption.SCRAM_SHA_256);

    SyncReport report = sync("edited", "after", PasswordEncryption.SCRAM_SHA_256);

    var login = new PgSync(VERTX, PgTimeouts.DEFAULT);
    assertThat(report.applied()).hasSize(1);
    login.verifyLogin(server.login("edited", "after")).await(20, TimeUnit.SECONDS);
    assertThatThrownBy(
            () -> login.verifyLogin(server.login("edited", "before")).await(20, TimeUnit.SECONDS))
        .isInstanceOf(PgFailure.LoginRejected.class);
  }

  @Test
  void md5WhereTheClusterWantsIt() throws Exception {
    sync("old_school", "tired", PasswordEncryption.MD5);

    SyncReport again = sync("old_school", "tired", PasswordEncryption.MD5);

    assertThat(again.applied()).isEmpty();
    new PgSync(VERTX, PgTimeouts.DEFAULT)
        .verifyLogin(server.login("old_school", "tired"))
        .await(20, TimeUnit.SECONDS);
  }

  @Test
  void neitherPasswordNorVerifierStandsInAFailure() throws Exception {
    Desired desired =
        new Desired(
            List.of(
                new DesiredRole(
                    new RoleName("refused"),
                    Set.of(RoleFlag.LOGIN),
                    Credential.of("hush hush"),
                    Set.of(),
                    Set.of(),
                    java.util.Map.of("no_such_parameter", "1"))),
            List.of(),
            List.of(),
            PasswordEncryption.SCRAM_SHA_256);

    SyncReport report =
        new PgSync(VERTX, PgTimeouts.DEFAULT)
            .sync(server.superuser(), desired)
            .await(20, TimeUnit.SECONDS);

    assertThat(report.applied()).as("the role itself is made").hasSize(1);
    assertThat(report.failed())
        .singleElement()
        .satisfies(
            failed -> assertThat(failed.failure()).isInstanceOf(PgFailure.StatementFailed.class));
    assertThat(report.toString()).doesNotContain("hush", "SCRAM-SHA-256$");
  }

  @Test
  void noVerifierComesIntoTheServersLogAlsoWhenAStatementIsRefused() throws Exception {
    sync("quiet", "first", PasswordEncryption.SCRAM_SHA_256);
    sync("quiet", "second", PasswordEncryption.SCRAM_SHA_256);
    Desired refused =
        new Desired(
            List.of(
                DesiredRole.of(
                    new RoleName("pg_reserved"), Set.of(RoleFlag.LOGIN), Credential.of("third")),
                DesiredRole.of(
                    new RoleName("quiet"), Set.of(RoleFlag.CREATEDB), Credential.of("fourth"))),
            List.of(new DesiredDatabase(new DatabaseName("loud"), new RoleName("quiet"))),
            List.of(),
            PasswordEncryption.SCRAM_SHA_256);
    new PgSync(VERTX, PgTimeouts.DEFAULT)
        .sync(server.superuser(), refused)
        .await(20, TimeUnit.SECONDS);

    assertThat(server.log()).doesNotContain("SCRAM-SHA-256$", "ENCRYPTED PASSWORD");
    assertThat(server.log())
        .as("what carries no verifier is logged as the server is told to")
        .contains("CREATE DATABASE \"loud\"");
  }

  @Test
  void theScriptForThePodsOwnSocketSetsThePasswordAndLeavesNoTrace() throws Exception {
    sync("locked_out", "old", PasswordEncryption.SCRAM_SHA_256);
    String script =
        LoginRepair.script(
                new RoleName("locked_out"), new Secret("new"), PasswordEncryption.SCRAM_SHA_256)
            .reveal();
    String sql = script.lines().filter(line -> !line.startsWith("\\")).collect(joining("\n"));

    // One at a time, as psql sends them.
    SESSIONS.inOneSession(server.superuser(), List.of(sql.split(";\n")));

    new PgSync(VERTX, PgTimeouts.DEFAULT)
        .verifyLogin(server.login("locked_out", "new"))
        .await(20, TimeUnit.SECONDS);
    assertThat(script).doesNotContain("new'").contains("\\set VERBOSITY sqlstate", "\\q");
    assertThat(server.log()).doesNotContain("SCRAM-SHA-256$");
  }

  private static SyncReport sync(String role, String password, PasswordEncryption encryption)
      throws Exception {
    Desired desired =
        new Desired(
            List.of(
                DesiredRole.of(
                    new RoleName(role), Set.of(RoleFlag.LOGIN), Credential.of(password))),
            List.of(),
            List.of(),
            encryption);
    // A new instance each time: it remembers nothing of the one before.
    return new PgSync(VERTX, PgTimeouts.DEFAULT)
        .sync(server.superuser(), desired)
        .await(20, TimeUnit.SECONDS);
  }
}
