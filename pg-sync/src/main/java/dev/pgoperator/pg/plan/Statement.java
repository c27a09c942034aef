package dev.pgoperator.pg.plan;

/**
 * One SQL statement, without a trailing semicolon, and how it may be shown.
 *
 * @param text what goes to the server
 * @param printable the same with every verifier hidden
 */
public record Statement(String text, String printable) {

  static Statement of(String text) {
    return new Statement(text, text);
  }

  /** Whether it carries something that must not be printed. */
  public boolean hides() {
    return !text.equals(printable);
  }

  @Override
  public String toString() {
    return printable;
  }
}
