package dev.pgoperator.model;

/** Something about roles that the user should know although nothing fails. */
public sealed interface RoleNote {

  String role();

  /** One sentence. */
  String text();

  /** A definition that has no effect because its name is reserved. */
  record ReservedName(String role, RoleOrigin origin) implements RoleNote {
    @Override
    public String text() {
      return "role %s is left out: the name is reserved".formatted(role);
    }
  }

  /** A definition that has no effect because a stronger source defines the same role. */
  record Overridden(String role, RoleOrigin origin, RoleOrigin winner) implements RoleNote {
    @Override
    public String text() {
      return "role %s is defined twice: by %s, which counts, and by %s, which does not"
          .formatted(role, winner.text(), origin.text());
    }
  }

  /** A wish for another namespace that the configuration does not allow. */
  record SecretStaysHome(String role, String namespace) implements RoleNote {
    @Override
    public String text() {
      return "the secret of role %s stays in the namespace of the cluster: enable_cross_namespace_secret is off, so %s is not used"
          .formatted(role, namespace);
    }
  }
}
