package dev.pgoperator.model;

import dev.pgoperator.api.Access.PreparedDatabase;
import dev.pgoperator.model.RoleDefinition.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Owner, reader and writer roles of prepared databases and their schemas (behaviour.md §3.7). */
final class PreparedRoles {

  /** Granted with the right to grant on; a fixed name, whatever the teams' admin role is called. */
  private static final String ADMIN = "admin";

  private final Blueprint b;
  private final String secretNamespace;
  private final List<RoleDefinition> roles = new ArrayList<>();

  private PreparedRoles(Blueprint b, String secretNamespace) {
    this.b = b;
    this.secretNamespace = secretNamespace;
  }

  static List<RoleDefinition> of(Blueprint b) {
    List<RoleDefinition> all = new ArrayList<>();
    b.spec()
        .access()
        .preparedDatabases()
        .forEach((name, database) -> all.addAll(of(b, name, database)));
    return all;
  }

  static List<RoleNote> notes(Blueprint b) {
    List<RoleNote> notes = new ArrayList<>();
    b.spec()
        .access()
        .preparedDatabases()
        .forEach(
            (name, database) -> {
              if (!database.secretNamespace().isEmpty()
                  && !b.config().roles().infrastructure().crossNamespaceSecrets()) {
                notes.add(new RoleNote.SecretStaysHome(name + "_*", database.secretNamespace()));
              }
            });
    return notes;
  }

  private static List<RoleDefinition> of(Blueprint b, String name, PreparedDatabase database) {
    boolean elsewhere =
        b.config().roles().infrastructure().crossNamespaceSecrets()
            && !database.secretNamespace().isEmpty();
    PreparedRoles made =
        new PreparedRoles(b, elsewhere ? database.secretNamespace() : b.namespace());
    String path = searchPath(database.schemas().keySet());
    made.group(name, ADMIN, name + "_owner", path, database.defaultUsers());
    database
        .schemas()
        .forEach(
            (schema, rules) -> {
              if (rules.defaultRoles()) {
                String prefix = name + "_" + schema;
                made.group(
                    prefix,
                    name + "_owner",
                    prefix + "_owner",
                    searchPath(List.of(schema)),
                    rules.defaultUsers());
              }
            });
    return made.roles;
  }

  /** Three group roles, and three users of them where these are wanted. */
  private void group(
      String prefix, String ownersAdmin, String othersAdmin, String path, boolean users) {
    add(prefix + "_owner", List.of(), ownersAdmin, path, false);
    add(prefix + "_reader", List.of(), othersAdmin, path, false);
    add(prefix + "_writer", List.of(prefix + "_reader"), othersAdmin, path, false);
    if (users) {
      add(prefix + "_owner_user", List.of(prefix + "_owner"), ownersAdmin, path, true);
      add(prefix + "_reader_user", List.of(prefix + "_reader"), othersAdmin, path, true);
      add(prefix + "_writer_user", List.of(prefix + "_writer"), othersAdmin, path, true);
    }
  }

  private void add(String name, List<String> memberOf, String admin, String path, boolean login) {
    boolean owner = name.endsWith("_owner") || name.endsWith("_owner_user");
    RoleCredential credential =
        new RoleCredential(name, Names.secret(b.config(), b.name(), name), secretNamespace);
    roles.add(
        new RoleDefinition(
            name,
            RoleOrigin.PREPARED,
            login ? List.of("LOGIN") : List.of(),
            new Standing(memberOf, admin, owner),
            Map.of("search_path", path),
            login ? Optional.of(credential) : Optional.empty()));
  }

  /** Schemas in the order of their names, so that it never changes between two runs. */
  private static String searchPath(Collection<String> schemas) {
    StringBuilder path = new StringBuilder("\"$user\"");
    new TreeSet<>(schemas)
        .forEach(s -> path.append(", \"").append(s.replace("\"", "\"\"")).append('"'));
    return path.toString();
  }
}
