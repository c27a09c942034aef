package dev.pgoperator.model;

/**
 * The part a server plays; its text is the value of the role label, which Patroni writes and users
 * select by.
 */
public enum Role {
  PRIMARY("master"),
  REPLICA("replica");

  private final String label;

  Role(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
