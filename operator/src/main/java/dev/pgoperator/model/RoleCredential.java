package dev.pgoperator.model;

/**
 * Where the password of a role that logs in is kept.
 *
 * @param namespace usually the cluster's; another one only where cross-namespace secrets are
 *     switched on
 */
public record RoleCredential(String role, String secretName, String namespace) {}
