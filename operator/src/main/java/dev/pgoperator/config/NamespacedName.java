package dev.pgoperator.config;

import java.util.regex.Pattern;

/**
 * Name of an object, written {@code namespace/name} or just {@code name}; an empty name means "not
 * configured".
 */
public record NamespacedName(String namespace, String name) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  static NamespacedName parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new NamespacedName("", text)
        : new NamespacedName(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Whether Kubernetes would accept both parts as names. */
  boolean isWellFormed() {
    return FORM.matcher(name).matches()
        && (namespace.isEmpty() || FORM.matcher(namespace).matches());
  }

  public boolean isSet() {
    return !name.isEmpty();
  }

  /**
   * The namespace, or the given one (usually the operator's own) where the option did not name any.
   */
  public String namespaceOr(String otherwise) {
    return namespace.isEmpty() ? otherwise : namespace;
  }
}
