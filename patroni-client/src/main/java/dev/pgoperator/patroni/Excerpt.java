package dev.pgoperator.patroni;

/** A short, one-line piece of text from outside, fit for a log line. */
final class Excerpt {
  static final int LIMIT = 200;

  private Excerpt() {}

  /** Empty for a page of HTML, which says no more than the status that comes with it. */
  static String of(String text) {
    if (text.startsWith("<!DOCTYPE")) {
      return "";
    }
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LIMIT ? line : line.substring(0, LIMIT - 1) + "…";
  }
}
