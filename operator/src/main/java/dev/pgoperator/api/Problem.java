package dev.pgoperator.api;

/**
 * One thing wrong with a manifest or a configuration.
 *
 * @param field full path, such as {@code spec.volume.size} or {@code spec.sidecars[2].image}
 * @param found what stands there, cut to {@value #LONGEST} characters; never the value of a secret
 * @param expected what would be right, as the end of "expected …"
 */
public record Problem(String field, String found, String expected) {

  private static final int LONGEST = 80;

  public Problem {
    found = found.length() <= LONGEST ? found : found.substring(0, LONGEST - 1) + "…";
  }

  public String text() {
    return field + ": found " + found + ", expected " + expected;
  }
}
