package dev.pgoperator.pg.plan;

/**
 * The names that belong together: {@code <prefix>_owner}, {@code _reader}, {@code _writer} and
 * their login users.
 */
record RoleTriple(String prefix) {
  RoleName owner() {
    return new RoleName(prefix + "_owner");
  }

  RoleName reader() {
    return new RoleName(prefix + "_reader");
  }

  RoleName writer() {
    return new RoleName(prefix + "_writer");
  }

  static RoleName userOf(RoleName group) {
    return new RoleName(group.value() + "_user");
  }
}
