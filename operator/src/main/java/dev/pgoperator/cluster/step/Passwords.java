package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import java.security.SecureRandom;

/** Makes passwords as the contract has them: 64 letters and digits (behaviour.md §1.10). */
final class Passwords {
  private static final int LENGTH = 64;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  static SecretText random() {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return new SecretText(text.toString());
  }
}
