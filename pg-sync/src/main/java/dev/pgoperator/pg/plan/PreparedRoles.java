package dev.pgoperator.pg.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Expands a prepared database into its roles. */
final class PreparedRoles {
  /**
   * Fixed in the reference: the image brings this role, whatever the team's admin role is called.
   */
  private static final RoleName ADMIN = new RoleName("admin");

  private final Function<RoleName, Credential> credentials;
  private final List<DesiredRole> roles = new ArrayList<>();

  private PreparedRoles(Function<RoleName, Credential> credentials) {
    this.credentials = credentials;
  }

  static List<DesiredRole> of(
      PreparedDatabase database, Function<RoleName, Credential> credentials) {
    var all = new PreparedRoles(credentials);
    RoleTriple own = database.databaseRoles();
    all.add(own, ADMIN, database.defaultUsers(), searchPath(database.schemas().keySet()));
    database
        .schemas()
        .forEach(
            (name, schema) -> {
              if (schema.defaultRoles()) {
                all.add(
                    database.schemaRoles(name),
                    own.owner(),
                    schema.hasUsers(),
                    searchPath(Set.of(name)));
              }
            });
    return List.copyOf(all.roles);
  }

  private void add(RoleTriple names, RoleName ownerAdmin, boolean users, String path) {
    group(names.owner(), Set.of(), ownerAdmin, path);
    group(names.reader(), Set.of(), names.owner(), path);
    group(names.writer(), Set.of(names.reader()), names.owner(), path);
    if (users) {
      user(names.owner(), ownerAdmin, path);
      user(names.reader(), names.owner(), path);
      user(names.writer(), names.owner(), path);
    }
  }

  private void group(RoleName name, Set<RoleName> memberOf, RoleName admin, String path) {
    roles.add(
        new DesiredRole(
            name,
            Set.of(RoleFlag.NOLOGIN),
            Credential.none(),
            memberOf,
            Set.of(admin),
            Map.of("search_path", path)));
  }

  private void user(RoleName group, RoleName admin, String path) {
    RoleName name = RoleTriple.userOf(group);
    roles.add(
        new DesiredRole(
            name,
            Set.of(RoleFlag.LOGIN),
            credentials.apply(name),
            Set.of(group),
            Set.of(admin),
            Map.of("search_path", path)));
  }

  private static String searchPath(Collection<SchemaName> schemas) {
    return schemas.stream()
        .map(SchemaName::quoted)
        .collect(Collectors.joining(", ", "\"$user\", ", ""));
  }
}
