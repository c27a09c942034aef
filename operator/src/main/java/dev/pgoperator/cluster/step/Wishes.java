package dev.pgoperator.cluster.step;

import dev.pgoperator.api.Access;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.PoolerSettings;
import dev.pgoperator.model.RoleDefinition;
import dev.pgoperator.model.RoleOrigin;
import dev.pgoperator.model.RoleSet;
import dev.pgoperator.pg.plan.Credential;
import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.Departures;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredDatabase;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.ExtensionName;
import dev.pgoperator.pg.plan.Lookup;
import dev.pgoperator.pg.plan.Members;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.PreparedDatabase;
import dev.pgoperator.pg.plan.PreparedSchema;
import dev.pgoperator.pg.plan.RoleFlag;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.SchemaName;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what the manifest wants in the words of pg-sync. Pure. */
final class Wishes {
  /** Line in the comments of people's roles. */
  private static final String MARK = "member of a team, kept by the postgres operator";

  private Wishes() {}

  static Desired of(SyncContext context, RoleSet roles, Credentials credentials) {
    Access access = context.cluster().spec().access();
    String encryption =
        context
            .cluster()
            .spec()
            .server()
            .postgresql()
            .parameters()
            .getOrDefault("password_encryption", "");
    return new Desired(
        roles.roles().stream().map(role -> role(role, credentials)).toList(),
        databases(access, roles),
        access.preparedDatabases().entrySet().stream()
            .map(e -> prepared(e.getKey(), e.getValue()))
            .toList(),
        PasswordEncryption.of(encryption),
        departures(context.blueprint(), roles),
        lookup(context));
  }

  /**
   * What is taken away: the roles of people who left, and memberships that are the wrong way round
   * (behaviour.md §3.9, §3.11 no. 4).
   */
  static Departures departures(Blueprint b, RoleSet roles) {
    var humans = b.config().roles().teams().humans();
    boolean deprecation = humans.deprecation();
    Set<RoleName> present =
        roles.roles().stream()
            .filter(role -> role.origin() == RoleOrigin.TEAM)
            .map(role -> new RoleName(role.name()))
            .collect(Collectors.toSet());
    return new Departures(
        deprecation ? humans.deletionSuffix() : "",
        Set.of(),
        Set.of(),
        LocalDate.EPOCH,
        deprecation ? new Members(MARK, present, b.sources().people().complete()) : Members.UNKNOWN,
        b.config().roles().system().additionalOwnerRoles().stream()
            .map(RoleName::new)
            .collect(Collectors.toSet()));
  }

  /** A pooler looks passwords up in whatever database its clients ask for. */
  static Lookup lookup(SyncContext context) {
    if (!context.cluster().spec().access().pooler().isOn()) {
      return new Lookup.None();
    }
    PoolerSettings pooler = PoolerSettings.of(context.blueprint());
    return new Lookup.Installed(new SchemaName(pooler.schema()), new RoleName(pooler.user()));
  }

  private static DesiredRole role(RoleDefinition role, Credentials credentials) {
    String admin = role.standing().admin();
    return new DesiredRole(
        new RoleName(role.name()),
        role.flags().stream().map(RoleFlag::valueOf).collect(Collectors.toSet()),
        role.credential().isEmpty()
            ? Credential.none()
            : Credential.of(credentials.of(role.name()).reveal()),
        role.standing().memberOf().stream().map(RoleName::new).collect(Collectors.toSet()),
        admin.isEmpty() ? Set.of() : Set.of(new RoleName(admin)),
        role.parameters());
  }

  /**
   * System roles own no databases of a manifest (behaviour.md §3.13): such an entry has no effect.
   */
  private static List<DesiredDatabase> databases(Access access, RoleSet roles) {
    Set<String> system =
        roles.roles().stream()
            .filter(role -> role.origin() == RoleOrigin.SYSTEM)
            .map(RoleDefinition::name)
            .collect(Collectors.toSet());
    return access.databases().entrySet().stream()
        .filter(entry -> !system.contains(entry.getValue()))
        .map(
            entry ->
                new DesiredDatabase(
                    new DatabaseName(entry.getKey()), new RoleName(entry.getValue())))
        .toList();
  }

  private static PreparedDatabase prepared(String name, Access.PreparedDatabase wanted) {
    Map<SchemaName, PreparedSchema> schemas = new HashMap<>();
    wanted
        .schemas()
        .forEach(
            (s, p) ->
                schemas.put(
                    new SchemaName(s), new PreparedSchema(p.defaultRoles(), p.defaultUsers())));
    Map<ExtensionName, SchemaName> extensions = new HashMap<>();
    wanted.extensions().forEach((e, s) -> extensions.put(new ExtensionName(e), new SchemaName(s)));
    return new PreparedDatabase(new DatabaseName(name), wanted.defaultUsers(), schemas, extensions);
  }
}
