package dev.pgoperator.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Single values in the syntax of the reference, which is the one of Go, from texts or from typed
 * JSON.
 */
final class Literals {

  private static final Pattern QUANTITY =
      Pattern.compile("(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,2}|[KMGTPE]i|[numkKMGTPE])?");
  private static final List<String> YES = List.of("1", "t", "T", "TRUE", "true", "True");
  private static final List<String> NO = List.of("0", "f", "F", "FALSE", "false", "False", "");

  private Literals() {}

  static Optional<String> text(Object raw) {
    return raw instanceof Map<?, ?> || raw instanceof List<?>
        ? Optional.empty()
        : Optional.of(raw.toString());
  }

  static Optional<Boolean> flag(Object raw) {
    if (raw instanceof Boolean b) {
      return Optional.of(b);
    }
    return YES.contains(raw)
        ? Optional.of(true)
        : NO.contains(raw) ? Optional.of(false) : Optional.empty();
  }

  static Optional<Integer> integer(Object raw) {
    if (raw instanceof Number n) {
      return n.doubleValue() == n.intValue() ? Optional.of(n.intValue()) : Optional.empty();
    }
    return raw instanceof String s ? goInteger(s) : Optional.empty();
  }

  /**
   * Decimal, {@code 0x}, {@code 0o} or plain {@code 0} octal, {@code 0b}; digits may be parted by
   * underscores.
   */
  private static Optional<Integer> goInteger(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    String rest = digits.replaceFirst("^[+-]", "");
    String lower = rest.toLowerCase(Locale.ROOT);
    int radix =
        lower.startsWith("0x") ? 16 : lower.startsWith("0b") ? 2 : lower.matches("0.+") ? 8 : 10;
    String body = lower.replaceFirst("^0[xbo]", "");
    if (body.isEmpty() || body.startsWith("-") || body.startsWith("+")) {
      return Optional.empty();
    }
    try {
      int magnitude = new BigInteger(body, radix).intValueExact();
      return Optional.of(negative ? -magnitude : magnitude);
    } catch (NumberFormatException _) {
      return Optional.empty();
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }

  /** A Go duration; a bare number in JSON counts nanoseconds. */
  static Optional<Duration> duration(Object raw) {
    if (raw instanceof Number n) {
      return Optional.of(Duration.ofNanos(n.longValue())).filter(d -> !d.isNegative());
    }
    return raw instanceof String s ? GoDuration.parse(s) : Optional.empty();
  }

  static Optional<String> quantity(Object raw) {
    return text(raw).filter(t -> t.isEmpty() || t.equals("null") || QUANTITY.matcher(t).matches());
  }

  static Optional<List<String>> texts(Object raw) {
    if (raw instanceof String s) {
      return Optional.of(
          Arrays.stream(s.split(",")).map(String::trim).filter(t -> !t.isEmpty()).toList());
    }
    if (!(raw instanceof List<?> list)) {
      return Optional.empty();
    }
    boolean flat = list.stream().allMatch(i -> i != null && text(i).isPresent());
    return flat ? Optional.of(list.stream().map(Object::toString).toList()) : Optional.empty();
  }

  static Optional<Map<String, String>> pairs(Object raw) {
    if (raw instanceof String s) {
      return Pairs.parse(s);
    }
    if (!(raw instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    Map<String, String> result = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Optional<String> value = entry.getValue() == null ? Optional.of("") : text(entry.getValue());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      result.put(entry.getKey().toString(), value.get());
    }
    return Optional.of(result);
  }

  static boolean isExpression(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException _) {
      return false;
    }
  }
}
