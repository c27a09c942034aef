package dev.pgoperator.patroni;

/** A short, one-line piece of text from outside, fit for a log line. */
final class Excerpt {
  static final int LIMIT = 200;

  private Excerpt() {}

  static String of(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LIMIT ? line : line.substring(0, LIMIT - 1) + "…";
  }
}
