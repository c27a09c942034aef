package dev.pgoperator.api;

/** Namespace and name of one {@code postgresql} object, which is also the name of its cluster. */
public record ClusterId(String namespace, String name) implements Comparable<ClusterId> {

  @Override
  public int compareTo(ClusterId other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
