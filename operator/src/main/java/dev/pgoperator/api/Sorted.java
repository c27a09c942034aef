package dev.pgoperator.api;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Immutable maps in the order of their keys, so that whatever is generated from one is always
 * generated the same way.
 */
final class Sorted {

  private Sorted() {}

  static <V> Map<String, V> copyOf(Map<String, V> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
