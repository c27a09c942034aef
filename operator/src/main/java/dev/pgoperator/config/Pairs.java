package dev.pgoperator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code key:value} pairs parted by commas; quotes protect commas, and, beyond the reference,
 * colons too. Quotes stay part of the value, as they do in the reference, unless they protect a
 * colon, which the reference cannot read at all.
 */
final class Pairs {

  private Pairs() {}

  static Optional<Map<String, String>> parse(String text) {
    if (text.isBlank()) {
      return Optional.of(Map.of());
    }
    Map<String, String> pairs = new TreeMap<>();
    for (String part : split(text, ',')) {
      List<String> halves = split(part.strip(), ':');
      if (halves.size() != 2 || halves.getFirst().isEmpty() || !isBalanced(part)) {
        return Optional.empty();
      }
      pairs.put(halves.get(0), unquoted(halves.get(1)));
    }
    return Optional.of(pairs);
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == separator) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static boolean isBalanced(String part) {
    return part.chars().filter(c -> c == '"').count() % 2 == 0
        && part.chars().filter(c -> c == '\'').count() % 2 == 0;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && "\"'".indexOf(value.charAt(0)) >= 0
            && value.endsWith(value.substring(0, 1));
    return quoted && value.contains(":") ? value.substring(1, value.length() - 1) : value;
  }
}
