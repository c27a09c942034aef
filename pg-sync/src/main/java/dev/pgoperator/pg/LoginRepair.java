package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Md5;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.Scram;
import dev.pgoperator.pg.plan.Secret;
import dev.pgoperator.pg.plan.Sql;
import dev.pgoperator.pg.plan.Verifier;
import java.security.SecureRandom;

/**
 * What to say on a server's own local socket when no password lets anybody in from outside.
 * PostgreSQL's {@code psql} reads it from its standard input; nothing of it belongs into a command
 * line.
 */
public final class LoginRepair {
  private LoginRepair() {}

  /**
   * A script for {@code psql} that gives a role a password and ends the program: with 0, or with 3
   * when the server refuses. It carries a verifier only, is kept out of the server's log, and of an
   * error it shows the SQLSTATE only, because the server's words may quote the statement. Costs a
   * key derivation: a millisecond.
   */
  public static Secret script(RoleName role, Secret password, PasswordEncryption encryption) {
    Verifier verifier =
        switch (encryption) {
          case SCRAM_SHA_256 -> Scram.verifier(password, salt());
          case MD5 -> Md5.verifier(role, password);
        };
    return new Secret(
        """
        \\set ON_ERROR_STOP 1
        \\set VERBOSITY sqlstate
        %s;
        SET synchronous_commit = 'local';
        SET search_path = pg_catalog, pg_temp;
        ALTER ROLE %s ENCRYPTED PASSWORD %s;
        \\q
        """
            .formatted(
                String.join(";\n", Quiet.SETTINGS), role.quoted(), Sql.literal(verifier.text())));
  }

  private static byte[] salt() {
    byte[] salt = new byte[Scram.SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return salt;
  }
}
