package dev.pgoperator.pg.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A database with a ready-made set of roles, schemas, default privileges and extensions.
 *
 * @param defaultUsers whether the database's owner, reader and writer each have a login user
 * @param schemas empty means one schema {@code data} with its own roles
 * @param extensions extension to the schema that it lives in
 */
public record PreparedDatabase(
    DatabaseName name,
    boolean defaultUsers,
    Map<SchemaName, PreparedSchema> schemas,
    Map<ExtensionName, SchemaName> extensions) {

  /**
   * Sorts, so that {@code search_path} is the same at every run, and fills in the schema {@code
   * data}.
   */
  public PreparedDatabase {
    schemas =
        schemas.isEmpty()
            ? Map.of(new SchemaName("data"), PreparedSchema.DEFAULT)
            : Collections.unmodifiableSortedMap(new TreeMap<>(schemas));
    extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
  }

  /** The role that owns the database: {@code <database>_owner}. */
  public RoleName owner() {
    return databaseRoles().owner();
  }

  /**
   * All roles of this database and its schemas (behaviour: NOLOGIN groups without password, login
   * users with what {@code credentials} gives for them).
   */
  public List<DesiredRole> roles(Function<RoleName, Credential> credentials) {
    return PreparedRoles.of(this, credentials);
  }

  RoleTriple databaseRoles() {
    return new RoleTriple(name.value());
  }

  RoleTriple schemaRoles(SchemaName schema) {
    return new RoleTriple(name.value() + "_" + schema.value());
  }

  RoleName schemaOwner(SchemaName schema) {
    PreparedSchema wanted = schemas.get(schema);
    return wanted != null && wanted.defaultRoles() ? schemaRoles(schema).owner() : owner();
  }
}
