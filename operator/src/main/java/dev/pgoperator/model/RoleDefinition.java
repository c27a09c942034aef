package dev.pgoperator.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A role that a cluster should have.
 *
 * @param flags upper-cased and sorted, {@code LOGIN} among them where the role may log in; never
 *     {@code NOLOGIN}
 * @param standing its place among the other roles
 * @param parameters settings of sessions of this role
 * @param credential empty for a role that has no password
 */
public record RoleDefinition(
    String name,
    RoleOrigin origin,
    List<String> flags,
    Standing standing,
    Map<String, String> parameters,
    Optional<RoleCredential> credential) {

  /**
   * A role among roles.
   *
   * @param admin role that may grant this one from its creation on; empty for none
   * @param ownsDatabases whether it owns databases, which keeps its password out of the general
   *     rotation
   */
  public record Standing(List<String> memberOf, String admin, boolean ownsDatabases) {
    public Standing {
      memberOf = List.copyOf(memberOf);
    }

    /** No relation to any other role. */
    public static final Standing ALONE = new Standing(List.of(), "", false);
  }

  public RoleDefinition {
    flags = List.copyOf(flags);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  public boolean canLogIn() {
    return flags.contains("LOGIN");
  }

  RoleDefinition alsoMemberOf(List<String> more) {
    List<String> all =
        Stream.concat(standing.memberOf().stream(), more.stream()).distinct().toList();
    Standing wider = new Standing(all, standing.admin(), standing.ownsDatabases());
    return new RoleDefinition(name, origin, flags, wider, parameters, credential);
  }
}
