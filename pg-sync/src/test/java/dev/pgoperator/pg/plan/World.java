package dev.pgoperator.pg.plan;

import dev.pgoperator.pg.plan.ObservedDatabase.InstalledExtension;
import dev.pgoperator.pg.plan.ObservedServer.ListedDatabase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A server in memory: does what a real one would do with a change, as far as the planner can see
 * it. Fails as a real one would when a change names something that is not there.
 */
final class World {
  static final RoleName LOGIN = new RoleName("postgres");
  private static final byte[] SALT = new byte[Scram.SALT_BYTES];

  final Map<RoleName, ObservedRole> roles = new TreeMap<>();
  final Map<DatabaseName, ObservedDatabase> databases = new TreeMap<>();
  final Set<String> privileged = new HashSet<>();

  World copy() {
    var copy = new World();
    copy.roles.putAll(roles);
    copy.databases.putAll(databases);
    copy.privileged.addAll(privileged);
    return copy;
  }

  /** For comparison. */
  List<Object> state() {
    return List.of(roles, databases, privileged);
  }

  ObservedServer server() {
    Map<DatabaseName, ListedDatabase> listed = new HashMap<>();
    databases.forEach((name, inside) -> listed.put(name, new ListedDatabase(inside.owner(), true)));
    return new ObservedServer(LOGIN, roles, listed);
  }

  /**
   * The whole plan: the server-wide part, then, as if that had been applied, the inside of each
   * database.
   */
  Plan plan(Desired desired) {
    World after = copy();
    Plan wide = wide(desired);
    wide.changes().forEach(after::apply);
    Plan all = wide;
    for (DatabaseName name : after.databases.keySet()) {
      all = all.then(after.inside(name, desired));
    }
    return all;
  }

  private Plan wide(Desired desired) {
    ReturnPlan returns = ReturnPlan.of(server(), desired);
    return returns
        .plan()
        .then(RolePlan.of(returns.server(), desired, verdicts(returns.server(), desired)))
        .then(MemberPlan.of(returns.server(), desired))
        .then(DeparturePlan.of(returns.server(), desired))
        .then(DatabasePlan.of(returns.server(), desired));
  }

  private Plan inside(DatabaseName name, Desired desired) {
    Plan plan = Plan.EMPTY;
    for (PreparedDatabase prepared : desired.prepared()) {
      if (prepared.name().equals(name)) {
        RoleName owner = DatabasePlan.ownerOf(prepared, desired, LOGIN);
        plan = plan.then(InteriorPlan.of(database(name), prepared, LOGIN, owner, roles.keySet()));
      }
    }
    return plan.then(LookupPlan.of(name, database(name), desired.lookup(), roles.keySet()));
  }

  private static Map<RoleName, PasswordVerdict> verdicts(ObservedServer server, Desired desired) {
    Map<RoleName, PasswordVerdict> verdicts = new HashMap<>();
    for (DesiredRole role : desired.roles()) {
      ObservedRole have = server.roles().get(role.name());
      String stored = have == null ? "" : have.password().reveal();
      verdicts.put(
          role.name(),
          PasswordVerdict.of(
              role.name(), role.credential(), stored, desired.encryption(), () -> SALT));
    }
    return verdicts;
  }

  /** Applies a change; those inside a database find it by what they carry. */
  void apply(Change change) {
    new Application(this).apply(change);
  }

  ObservedRole role(RoleName name) {
    ObservedRole role = roles.get(name);
    if (role == null) {
      throw new AssertionError("role " + name + " does not exist");
    }
    return role;
  }

  ObservedDatabase database(DatabaseName name) {
    ObservedDatabase database = databases.get(name);
    if (database == null) {
      throw new AssertionError("database " + name + " does not exist");
    }
    return database;
  }

  void put(ObservedRole role) {
    roles.put(role.name(), role);
  }

  void put(
      DatabaseName name,
      RoleName owner,
      Set<SchemaName> schemas,
      Map<ExtensionName, InstalledExtension> extensions,
      String lookup) {
    databases.put(name, new ObservedDatabase(owner, schemas, extensions, lookup));
  }
}
