package dev.pgoperator.cluster.step;

import dev.pgoperator.api.Access;
import dev.pgoperator.api.SecretText;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.PoolerSettings;
import dev.pgoperator.model.RoleDefinition;
import dev.pgoperator.model.RoleOrigin;
import dev.pgoperator.model.RoleSecret;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what the manifest wants in the words of pg-sync. Pure. */
final class Wishes {
  /** Line in the comments of people's roles. */
  private static final String MARK = "member of a team, kept by the postgres operator";

  private Wishes() {}

  static Desired of(SyncContext context, RoleSet roles, Credentials credentials) {
    Access access = context.cluster().spec().access();
    return new Desired(
        roles.roles().stream().flatMap(role -> roles(role, credentials)).toList(),
        databases(access, roles),
        access.preparedDatabases().entrySet().stream()
            .map(e -> prepared(e.getKey(), e.getValue()))
            .toList(),
        encryption(context),
        departures(context.blueprint(), roles, credentials, context.ports().clock().instant()),
        lookup(context));
  }

  /** The form in which the cluster's server keeps passwords. */
  static PasswordEncryption encryption(SyncContext context) {
    return PasswordEncryption.of(
        context
            .cluster()
            .spec()
            .server()
            .postgresql()
            .parameters()
            .getOrDefault("password_encryption", ""));
  }

  /**
   * What is taken away: the roles of people who left, memberships that are the wrong way round
   * (behaviour.md §3.9, §3.11 no. 4), and users of rotations long past, as long as the secret of
   * their role tells that there were rotations.
   */
  static Departures departures(Blueprint b, RoleSet roles, Credentials credentials, Instant now) {
    var humans = b.config().roles().teams().humans();
    boolean deprecation = humans.deprecation();
    Set<RoleName> present =
        names(roles.roles().stream().filter(role -> role.origin() == RoleOrigin.TEAM));
    Set<RoleName> rotated =
        names(roles.roles().stream().filter(role -> wasRotated(role, credentials)));
    return new Departures(
        deprecation ? humans.deletionSuffix() : "",
        Set.of(),
        rotated,
        rotated.isEmpty() ? LocalDate.EPOCH : expiry(b, now),
        deprecation ? new Members(MARK, present, b.sources().people().complete()) : Members.UNKNOWN,
        b.config().roles().system().additionalOwnerRoles().stream()
            .map(RoleName::new)
            .collect(Collectors.toSet()));
  }

  private static Set<RoleName> names(Stream<RoleDefinition> roles) {
    return roles.map(role -> new RoleName(role.name())).collect(Collectors.toSet());
  }

  private static boolean wasRotated(RoleDefinition role, Credentials credentials) {
    return credentials.secret(role.name()).flatMap(RoleSecret::nextRotation).isPresent();
  }

  /** Users from before this day go. */
  private static LocalDate expiry(Blueprint b, Instant now) {
    var rotation = b.config().roles().rotation();
    int days = Math.max(rotation.retentionDays(), 2 * rotation.intervalDays());
    return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(days);
  }

  /** A pooler looks passwords up in whatever database its clients ask for. */
  static Lookup lookup(SyncContext context) {
    if (!context.cluster().spec().access().pooler().isOn()) {
      return new Lookup.None();
    }
    PoolerSettings pooler = PoolerSettings.of(context.blueprint());
    return new Lookup.Installed(new SchemaName(pooler.schema()), new RoleName(pooler.user()));
  }

  /** The role, and the user that a rotation made for it if the secret names one. */
  private static Stream<DesiredRole> roles(RoleDefinition role, Credentials credentials) {
    Optional<RoleSecret> secret = credentials.secret(role.name());
    if (role.credential().isEmpty() || secret.isEmpty()) {
      return Stream.of(role(role, Credential.none()));
    }
    Credential password = Credential.of(secret.get().password().reveal());
    return secret.get().isDated(role.name())
        ? Stream.of(role(role, Credential.none()), dated(role, secret.get().username(), password))
        : Stream.of(role(role, password));
  }

  /** What a rotation needs: the role, and its user with a new password. */
  static Stream<DesiredRole> renewed(RoleDefinition role, String username, SecretText password) {
    Credential credential = Credential.of(password.reveal());
    return username.equals(role.name())
        ? Stream.of(role(role, credential))
        : Stream.of(role(role, Credential.none()), dated(role, username, credential));
  }

  private static DesiredRole dated(RoleDefinition role, String username, Credential password) {
    return new DesiredRole(
        new RoleName(username),
        flags(role),
        password,
        Set.of(new RoleName(role.name())),
        Set.of(),
        Map.of());
  }

  private static DesiredRole role(RoleDefinition role, Credential password) {
    String admin = role.standing().admin();
    return new DesiredRole(
        new RoleName(role.name()),
        flags(role),
        password,
        role.standing().memberOf().stream().map(RoleName::new).collect(Collectors.toSet()),
        admin.isEmpty() ? Set.of() : Set.of(new RoleName(admin)),
        role.parameters());
  }

  private static Set<RoleFlag> flags(RoleDefinition role) {
    return role.flags().stream().map(RoleFlag::valueOf).collect(Collectors.toSet());
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
