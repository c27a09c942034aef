package dev.pgoperator.patroni;

import java.util.List;

/**
 * One difference that a {@link ConfigPatch} removes.
 *
 * @param kind what happens to the key
 * @param path the keys from the top, such as {@code [postgresql, parameters, max_connections]}
 * @param from the present value as text; empty when it is added
 * @param to the wanted value as text; empty when it is removed
 */
public record ConfigChange(Kind kind, List<String> path, String from, String to) {
  public ConfigChange {
    path = List.copyOf(path);
  }

  /** What happens to the key. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  /** The path with dots, such as {@code postgresql.parameters.max_connections}. */
  public String key() {
    return String.join(".", path);
  }

  /** Without the values, because a parameter may hold a secret. */
  @Override
  public String toString() {
    return key() + " " + kind;
  }
}
