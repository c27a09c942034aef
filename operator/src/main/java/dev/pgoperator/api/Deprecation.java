package dev.pgoperator.api;

/**
 * A field or an option in use that should not be used any more.
 *
 * @param name full path of the field, or the option's name
 * @param successor what to use in its place, or empty when it has no effect any more
 */
public record Deprecation(String name, String successor) {

  public String text() {
    return successor.isEmpty()
        ? name + " has no effect any more"
        : name + " is deprecated, use " + successor;
  }
}
