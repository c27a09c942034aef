package dev.pgoperator.pg.plan;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** PostgreSQL's md5 verifiers: {@code md5} and the hexadecimal digest of password and role name. */
public final class Md5 {
  private Md5() {}

  /** The verifier of a role's password. */
  public static Verifier verifier(RoleName role, Secret password) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5")
              .digest((password.reveal() + role.value()).getBytes(StandardCharsets.UTF_8));
      return new Verifier("md5" + HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has MD5", missing);
    }
  }
}
