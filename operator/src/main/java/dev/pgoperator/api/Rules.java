package dev.pgoperator.api;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Forms of single texts that the operator checks itself, because a schema may be old or absent
 * (api.md §1.2).
 */
final class Rules {

  /**
   * The replica service is named after the cluster with five characters more, and a service has 63.
   */
  static final int LONGEST_NAME = 58;

  static final int LONGEST_SERVICE_NAME = 63;

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern FLAG =
      Pattern.compile("(NO)?(SUPERUSER|LOGIN|CREATEDB|INHERIT|REPLICATION|BYPASSRLS|CREATEROLE)");
  private static final Pattern QUANTITY =
      Pattern.compile("[+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,2}|[KMGTPE]i|[numkMGTPE])?");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "\\d+-(0[1-9]|1[012])-(0[1-9]|[12]\\d|3[01])[Tt]([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?"
              + "[+-]([01]\\d|2[0-3]):[0-5]\\d");
  private static final Pattern RANGE =
      Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/\\d{1,3})");
  private static final Pattern VERSION = Pattern.compile("1[3-8]");

  private Rules() {}

  static Function<String, Optional<String>> dnsLabel(int longest) {
    return t ->
        t.length() <= longest && DNS_LABEL.matcher(t).matches()
            ? Optional.empty()
            : Optional.of(
                "at most "
                    + longest
                    + " lower-case letters, digits and dashes, with a letter first and no dash at the end");
  }

  static boolean isUser(String text) {
    return new UserName(text).isWellFormed();
  }

  static boolean isFlag(String upperCased) {
    return FLAG.matcher(upperCased).matches();
  }

  /** Addresses with a prefix length, of either family. */
  static boolean isRange(String text) {
    return RANGE.matcher(text).matches();
  }

  static Optional<String> quantity(String text) {
    return matches(QUANTITY, text, "a quantity such as 10Gi");
  }

  /**
   * Of a resource: {@code ""}, {@code "0"} and {@code "null"} mean "not set" and are right (api.md
   * §3.2).
   */
  static Optional<String> resourceQuantity(String text) {
    return text.equals("null")
        ? Optional.empty()
        : matches(QUANTITY, text, "a quantity such as 500m or 1Gi");
  }

  static Optional<String> timestamp(String text) {
    return matches(TIMESTAMP, text, "a time with a numeric zone such as 2026-01-31T04:05:06+00:00");
  }

  static Optional<String> version(String text) {
    return matches(VERSION, text, "a major version from 13 to 18");
  }

  private static Optional<String> matches(Pattern form, String text, String expected) {
    return form.matcher(text).matches() ? Optional.empty() : Optional.of(expected);
  }
}
