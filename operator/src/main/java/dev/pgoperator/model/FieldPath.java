package dev.pgoperator.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in an object, such as {@code spec.containers[postgres].image}. Knows a hash
 * of itself, so that comparing thousands of objects needs no texts.
 */
final class FieldPath {
  private final @Nullable FieldPath parent;
  private final String last;
  private final boolean bracketed;
  private final long hash;

  private FieldPath(@Nullable FieldPath parent, String last, boolean bracketed) {
    this.parent = parent;
    this.last = last;
    this.bracketed = bracketed;
    this.hash = Mix.together(parent == null ? 0 : parent.hash, Mix.of(last, bracketed ? 1 : 0));
  }

  /**
   * @param text may have several parts, such as {@code metadata.labels}, or none
   */
  static FieldPath root(String text) {
    return new FieldPath(null, text, false);
  }

  /**
   * A field of the object here; keys with other signs than letters and digits stand in brackets.
   */
  FieldPath field(String key) {
    return new FieldPath(this, key, !isPlain(key));
  }

  /** An item of the list here. */
  FieldPath item(String key) {
    return new FieldPath(this, key, true);
  }

  boolean isBracketed() {
    return bracketed;
  }

  /** The last part, without brackets. */
  String last() {
    return last;
  }

  boolean isIn(String root) {
    FieldPath first = this;
    while (first.parent != null) {
      first = first.parent;
    }
    return first.last.startsWith(root);
  }

  /** Equal for equal paths only, but for one in 2^64. */
  long hash() {
    return hash;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    append(text);
    return text.toString();
  }

  private void append(StringBuilder text) {
    if (parent != null) {
      parent.append(text);
    }
    if (bracketed) {
      text.append('[').append(last).append(']');
    } else {
      text.append(parent == null ? "" : ".").append(last);
    }
  }

  static boolean isPlain(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!isLetter && !(c >= '0' && c <= '9') && c != '_') {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldPath path && path.hash == hash && path.text().equals(text());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  @Override
  public String toString() {
    return text();
  }
}
