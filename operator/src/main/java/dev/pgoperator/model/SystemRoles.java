package dev.pgoperator.model;

import dev.pgoperator.model.RoleDefinition.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Roles that the operator and Patroni need for themselves (behaviour.md §3.4). */
public final class SystemRoles {

  /** Reads changes for event streams. */
  static final String STREAMER = "fes_user";

  private SystemRoles() {}

  static List<RoleDefinition> of(Blueprint b) {
    var system = b.config().roles().system();
    List<RoleDefinition> roles = new ArrayList<>();
    roles.add(role(b, system.superuser(), RoleOrigin.SYSTEM, List.of()));
    roles.add(role(b, system.replication(), RoleOrigin.SYSTEM, List.of("LOGIN")));
    if (b.spec().access().pooler().isOn()) {
      roles.add(role(b, poolerUser(b), RoleOrigin.POOLER, List.of("LOGIN")));
    }
    if (!b.spec().access().streams().isEmpty()) {
      roles.add(role(b, STREAMER, RoleOrigin.STREAM, List.of("LOGIN", "REPLICATION")));
    }
    return roles;
  }

  /**
   * The user of the pooler: the manifest's choice, unless that name is taken by somebody who must
   * not share it.
   */
  public static String poolerUser(Blueprint b) {
    String wanted = b.spec().access().pooler().session().user();
    String configured = b.config().addOns().pooler().session().user();
    var system = b.config().roles().system();
    boolean taken =
        wanted.isEmpty()
            || wanted.equals(system.superuser())
            || wanted.equals(system.replication())
            || wanted.equals(STREAMER)
            || system.protectedNames().contains(wanted);
    return taken ? configured : wanted;
  }

  private static RoleDefinition role(
      Blueprint b, String name, RoleOrigin origin, List<String> flags) {
    RoleCredential credential =
        new RoleCredential(name, Names.secret(b.config(), b.name(), name), b.namespace());
    return new RoleDefinition(
        name, origin, flags, Standing.ALONE, Map.of(), Optional.of(credential));
  }
}
