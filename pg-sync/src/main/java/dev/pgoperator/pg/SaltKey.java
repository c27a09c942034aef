package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.Scram;
import dev.pgoperator.pg.plan.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes salts that can be recognised: the salt of a verifier is the HMAC of role and password under
 * a key that the caller keeps, cut to a salt's length. Whoever has the key sees in microseconds
 * that a stored verifier was made here from this very password, without deriving anything, also
 * after a restart. To everybody else such a salt is random. The server tells a salt to anybody who
 * begins to log in, so a key that could be guessed would make passwords guessable: it has to be
 * random, and as well kept as the passwords are. Thread-safe.
 */
public final class SaltKey {
  /** Bytes of a key. */
  public static final int BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * A key of {@value #BYTES} random bytes.
   *
   * @throws IllegalArgumentException for another length
   */
  public SaltKey(byte[] random) {
    if (random.length != BYTES) {
      throw new IllegalArgumentException(
          "a salt key has %d bytes, not %d".formatted(BYTES, random.length));
    }
    key = new SecretKeySpec(random, ALGORITHM);
  }

  byte[] salt(RoleName role, Secret password) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      String text = role.value() + "\0" + password.reveal();
      return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), Scram.SALT_BYTES);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
    }
  }

  /** Whether the verifier has the salt that is made here for this password, and our iterations. */
  boolean recognises(String stored, RoleName role, Secret password) {
    return Scram.hasSalt(stored, salt(role, password));
  }

  @Override
  public String toString() {
    return "***";
  }
}
