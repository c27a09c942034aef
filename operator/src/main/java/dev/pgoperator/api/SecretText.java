package dev.pgoperator.api;

/**
 * Text that must never be printed: a password, a key, a token. Only {@link #reveal()} hands it out.
 */
public record SecretText(String reveal) {

  public static final SecretText EMPTY = new SecretText("");

  public boolean isEmpty() {
    return reveal.isEmpty();
  }

  @Override
  public String toString() {
    return isEmpty() ? "" : "***";
  }
}
