package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.pg.plan.Credential;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.RoleFlag;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.Scram;
import dev.pgoperator.pg.plan.Secret;
import dev.pgoperator.pg.plan.Sql;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Verifiers that an earlier process made are known by their salt, and forged ones come out. */
class SaltKeyIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Sessions SESSIONS = new Sessions(VERTX);
  private static final int ROLES = 100;
  private static final RoleName APP = new RoleName("app");
  private static final Secret PASSWORD = new Secret("open sesame");
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

  private static SaltKey key(int filling) {
    byte[] bytes = new byte[SaltKey.BYTES];
    java.util.Arrays.fill(bytes, (byte) filling);
    return new SaltKey(bytes);
  }

  private static PgSync process(int filling) {
    return new PgSync(VERTX, PgTimeouts.DEFAULT, Optional.of(key(filling)));
  }

  private static Desired roles() {
    List<DesiredRole> roles =
        IntStream.range(0, ROLES)
            .mapToObj(
                i ->
                    DesiredRole.of(
                        new RoleName("salted" + i),
                        Set.of(RoleFlag.LOGIN),
                        Credential.of("secret " + i)))
            .toList();
    return new Desired(roles, List.of(), List.of(), PasswordEncryption.SCRAM_SHA_256);
  }

  @Test
  void aSaltBelongsToOneKeyRoleAndPassword() {
    String stored = Scram.verifier(PASSWORD, key(1).salt(APP, PASSWORD)).text();

    assertThat(key(1).recognises(stored, APP, PASSWORD)).isTrue();
    assertThat(key(2).recognises(stored, APP, PASSWORD)).isFalse();
    assertThat(key(1).recognises(stored, new RoleName("other"), PASSWORD)).isFalse();
    assertThat(key(1).recognises(stored, APP, new Secret("open barley"))).isFalse();
    assertThat(key(1).recognises("", APP, PASSWORD)).isFalse();
    assertThat(key(1).toString()).isEqualTo("***");
    assertThatThrownBy(() -> new SaltKey(new byte[5])).hasMessageContaining("5");
  }

  @Test
  void anotherProcessWithTheKeyChangesNothingAndOneWithoutItDoesNotEither() throws Exception {
    process(1).sync(server.superuser(), roles()).await(60, TimeUnit.SECONDS);

    for (PgSync later : List.of(process(1), process(2), new PgSync(VERTX, PgTimeouts.DEFAULT))) {
      assertThat(later.sync(server.superuser(), roles()).await(60, TimeUnit.SECONDS).applied())
          .isEmpty();
    }
  }

  @Test
  void aVerifierThatAUserForgedUnderTheKnownSaltIsFoundWithinAFewSyncs() throws Exception {
    process(1).sync(server.superuser(), roles()).await(60, TimeUnit.SECONDS);
    RoleName last = new RoleName("salted" + (ROLES - 1));
    Secret right = new Secret("secret " + (ROLES - 1));
    String forged = Scram.verifier(new Secret("my own"), key(1).salt(last, right)).text();
    SESSIONS.sql(
        server.superuser(),
        "postgres",
        "ALTER ROLE %s PASSWORD %s".formatted(last.quoted(), Sql.literal(forged)));

    PgSync later = process(1);
    int applied = 0;
    for (int round = 0; round < ROLES / 16; round++) {
      applied +=
          later.sync(server.superuser(), roles()).await(60, TimeUnit.SECONDS).applied().size();
    }

    assertThat(applied).isEqualTo(1);
    later.verifyLogin(server.login(last.value(), right.reveal())).await(20, TimeUnit.SECONDS);
  }
}
