package dev.pgoperator.api;

import java.util.List;
import java.util.Map;

/** How a wrong value is named to the user: its kind and, when it is short and harmless, itself. */
final class Shown {

  private Shown() {}

  static String value(Object value) {
    return switch (value) {
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "a list";
      case String s -> "\"" + s + "\"";
      default -> String.valueOf(value);
    };
  }

  static String range(long least, long most) {
    if (least == Long.MIN_VALUE || most == Long.MAX_VALUE || most == Integer.MAX_VALUE) {
      return least <= Integer.MIN_VALUE ? "a whole number" : "a whole number of at least " + least;
    }
    return "a whole number from " + least + " to " + most;
  }
}
