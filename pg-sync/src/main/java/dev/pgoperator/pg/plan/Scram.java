package dev.pgoperator.pg.plan;

import com.ongres.stringprep.Stringprep;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * SCRAM-SHA-256 verifiers (RFC 5802 and 7677) in PostgreSQL's form {@code
 * SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}. One computation costs a millisecond or more:
 * not for an event loop.
 */
public final class Scram {
  /** PostgreSQL's default, {@code scram_iterations}. */
  public static final int ITERATIONS = 4096;

  /** Length of a salt in bytes. */
  public static final int SALT_BYTES = 16;

  private static final int BLOCK_BITS = 256;

  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private Scram() {}

  /** The verifier of a password with this salt and {@value #ITERATIONS} iterations. */
  public static Verifier verifier(Secret password, byte[] salt) {
    byte[] salted = saltedPassword(password, salt, ITERATIONS);
    String text =
        "SCRAM-SHA-256$%d:%s$%s:%s"
            .formatted(
                ITERATIONS,
                BASE64.encodeToString(salt),
                BASE64.encodeToString(storedKey(salted)),
                BASE64.encodeToString(
                    hmac(salted).doFinal("Server Key".getBytes(StandardCharsets.US_ASCII))));
    return new Verifier(text);
  }

  /**
   * Whether the stored verifier is one of SCRAM and was made from this password, with whatever salt
   * and iterations.
   */
  public static boolean matches(String stored, Secret password) {
    Matcher parts = Verifier.SCRAM.matcher(stored);
    if (!parts.matches()) {
      return false;
    }
    try {
      byte[] salt = Base64.getDecoder().decode(parts.group(2));
      byte[] key = Base64.getDecoder().decode(parts.group(3));
      int iterations = Integer.parseInt(parts.group(1));
      return iterations > 0
          && MessageDigest.isEqual(key, storedKey(saltedPassword(password, salt, iterations)));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** Whether the stored verifier has this salt and {@value #ITERATIONS} iterations. */
  public static boolean hasSalt(String stored, byte[] salt) {
    String beginning = "SCRAM-SHA-256$%d:%s$".formatted(ITERATIONS, BASE64.encodeToString(salt));
    return stored.startsWith(beginning) && Verifier.SCRAM.matcher(stored).matches();
  }

  private static byte[] storedKey(byte[] salted) {
    byte[] clientKey = hmac(salted).doFinal("Client Key".getBytes(StandardCharsets.US_ASCII));
    return sha256().digest(clientKey);
  }

  /** Function {@code Hi} of RFC 5802, i.e. PBKDF2 with one block of output. */
  private static byte[] saltedPassword(Secret password, byte[] salt, int iterations) {
    var parameters =
        new PBEKeySpec(prepared(password.reveal()).toCharArray(), salt, iterations, BLOCK_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(parameters)
          .getEncoded();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", missing);
    } finally {
      parameters.clearPassword();
    }
  }

  /** SASLprep as PostgreSQL applies it: what the profile prohibits is used unprepared. */
  private static String prepared(String password) {
    if (password.chars().allMatch(c -> c < 0x80)) {
      return password;
    }
    try {
      String prepared = Stringprep.getProvider("SASLprep").prepareStored(password);
      return prepared.isEmpty() ? password : prepared;
    } catch (IllegalArgumentException prohibited) {
      return password;
    }
  }

  private static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has HmacSHA256", missing);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
