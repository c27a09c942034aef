package dev.pgoperator.model;

import java.util.Map;

/** List items as wholes, so that a new container is one difference and not thirty. */
final class ListItems {

  private ListItems() {}

  /**
   * The outermost list item on a path that one side does not have at all; the path itself when both
   * have all of them.
   */
  static String missing(String path, Map<String, String> want, Map<String, String> have) {
    for (int end = path.indexOf("]."); end >= 0; end = path.indexOf("].", end + 1)) {
      String item = path.substring(0, end + 1);
      if (!isIn(item, want) || !isIn(item, have)) {
        return item;
      }
    }
    return path;
  }

  private static boolean isIn(String item, Map<String, String> flat) {
    return flat.containsKey(item) || flat.keySet().stream().anyMatch(p -> p.startsWith(item + "."));
  }

  /**
   * What stands at a field: its value, for a variable the variable's value, for any other item that
   * it is there.
   */
  static String text(String field, Map<String, String> flat) {
    String value = flat.get(field);
    if (value != null) {
      return value.isEmpty() ? "\"\"" : value;
    }
    return isIn(field, flat) ? flat.getOrDefault(field + ".value", "present") : "";
  }
}
