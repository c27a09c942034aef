package dev.pgoperator.model;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.model.RoleDefinition.Standing;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A role that administrators keep in a secret, before it belongs to a cluster.
 *
 * @param flags as they are written
 */
public record InfrastructureRole(
    String name,
    SecretText password,
    List<String> flags,
    Standing standing,
    Map<String, String> parameters) {

  public InfrastructureRole {
    flags = List.copyOf(flags);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** The role as this cluster has it, with a secret of its own in the cluster's namespace. */
  RoleDefinition in(Blueprint b) {
    RoleCredential credential =
        new RoleCredential(name, Names.secret(b.config(), b.name(), name), b.namespace());
    return new RoleDefinition(
        name,
        RoleOrigin.INFRASTRUCTURE,
        RoleFlags.normalized(flags),
        standing,
        parameters,
        Optional.of(credential));
  }
}
