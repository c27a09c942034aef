package dev.pgoperator.model;

/**
 * Where the definition of a role comes from; on a shared name the later one here wins (behaviour.md
 * §3.3).
 */
public enum RoleOrigin {
  MANIFEST("the manifest"),
  INFRASTRUCTURE("the infrastructure roles"),
  TEAM("the teams"),
  SYSTEM("the operator"),
  PREPARED("the prepared databases"),
  POOLER("the connection pooler"),
  STREAM("the event streams");

  private final String text;

  RoleOrigin(String text) {
    this.text = text;
  }

  /** For sentences. */
  String text() {
    return text;
  }
}
