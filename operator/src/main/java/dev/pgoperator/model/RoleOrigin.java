package dev.pgoperator.model;

/**
 * Where the definition of a role comes from; on a shared name the later one here wins (behaviour.md
 * §3.3).
 */
public enum RoleOrigin {
  MANIFEST,
  INFRASTRUCTURE,
  TEAM,
  SYSTEM,
  PREPARED,
  POOLER,
  STREAM
}
