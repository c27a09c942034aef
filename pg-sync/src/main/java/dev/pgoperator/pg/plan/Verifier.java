package dev.pgoperator.pg.plan;

import java.util.regex.Pattern;

/**
 * A password as the server stores it. Whoever has it can try passwords at leisure, and an md5 one
 * even logs in with it, so it is printed as little as the password itself.
 */
public record Verifier(String text) {
  /**
   * The two forms that PostgreSQL recognises and stores unchanged ({@code get_password_type} in its
   * sources).
   */
  private static final Pattern MD5 = Pattern.compile("md5[0-9a-f]{32}");

  static final Pattern SCRAM =
      Pattern.compile(
          "SCRAM-SHA-256\\$(\\d{1,9}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]{44}):([A-Za-z0-9+/=]{44})");

  static boolean isOne(String text) {
    return isMd5(text) || SCRAM.matcher(text).matches();
  }

  static boolean isMd5(String text) {
    return MD5.matcher(text).matches();
  }

  @Override
  public String toString() {
    return "***";
  }
}
