package dev.pgoperator.pg;

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
import io.vertx.core.Vertx;
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
}
