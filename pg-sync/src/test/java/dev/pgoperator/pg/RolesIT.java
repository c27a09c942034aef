package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.pg.plan.Credential;
import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.Departures;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredDatabase;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.Lookup;
import dev.pgoperator.pg.plan.Members;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.RoleFlag;
import dev.pgoperator.pg.plan.RoleName;
import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RolesIT {
  private static final Vertx VERTX = Vertx.vertx();
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
  void aRoleWithItsDatabaseCanLogIn() throws Exception {
    RoleName app = new RoleName("app");
    Desired desired =
        new Desired(
            List.of(DesiredRole.of(app, Set.of(RoleFlag.LOGIN), Credential.of("open sesame"))),
            List.of(new DesiredDatabase(new DatabaseName("shop"), app)),
            List.of(),
            PasswordEncryption.SCRAM_SHA_256);

    SyncReport first = sync.sync(server.superuser(), desired).await(20, TimeUnit.SECONDS);
    SyncReport second = sync.sync(server.superuser(), desired).await(20, TimeUnit.SECONDS);

    assertThat(first.complete()).isTrue();
    assertThat(first.applied()).hasSize(2);
    assertThat(second.applied()).isEmpty();
    assertThat(second.traffic()).isEqualTo(new Traffic(1, 3, 0));
    sync.verifyLogin(server.login("app", "open sesame")).await(20, TimeUnit.SECONDS);
    assertThatThrownBy(
            () -> sync.verifyLogin(server.login("app", "wrong")).await(20, TimeUnit.SECONDS))
        .isInstanceOf(PgFailure.LoginRejected.class);
  }

  @Test
  void aMembershipThatAnotherRoleGrantedGivesWayToo() throws Exception {
    Sessions sessions = new Sessions(VERTX);
    for (String statement :
        List.of(
            "CREATE ROLE \"the owner\"",
            "CREATE ROLE helper",
            "CREATE ROLE grants CREATEROLE",
            "GRANT \"the owner\" TO grants WITH ADMIN OPTION",
            "SET ROLE grants; GRANT \"the owner\" TO helper; RESET ROLE",
            "GRANT \"the owner\" TO helper")) {
      sessions.sql(server.superuser(), "postgres", statement);
    }
    RoleName helper = new RoleName("helper");
    DesiredRole owner =
        DesiredRole.of(new RoleName("the owner"), Set.of(), Credential.none())
            .withMemberOf(Set.of(helper));
    Desired desired =
        new Desired(
            List.of(owner),
            List.of(),
            List.of(),
            PasswordEncryption.SCRAM_SHA_256,
            new Departures(
                "", Set.of(), Set.of(), LocalDate.EPOCH, Members.UNKNOWN, Set.of(helper)),
            new Lookup.None());

    SyncReport report = sync.sync(server.superuser(), desired).await(20, TimeUnit.SECONDS);

    assertThat(report.failed()).isEmpty();
    assertThat(
            sessions.sql(
                server.superuser(),
                "postgres",
                "SELECT pg_has_role('the owner', 'helper', 'MEMBER') || ' '"
                    + " || pg_has_role('helper', 'the owner', 'MEMBER') AS fact"))
        .extracting(row -> row.getString("fact"))
        .containsExactly("true false");
    assertThat(sync.sync(server.superuser(), desired).await(20, TimeUnit.SECONDS).traffic())
        .isEqualTo(new Traffic(1, 3, 0));
  }
}
