package dev.pgoperator.pg.plan;

/**
 * A text that must not be printed: {@code toString} hides it, so that records, logs and exceptions
 * do too.
 */
public final class Secret {
  private final String text;

  /** Wraps the clear text. */
  public Secret(String text) {
    this.text = text;
  }

  /** The clear text; the caller keeps it out of logs, exceptions and object fields. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
