package dev.pgoperator.pg.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what is desired from a test's {@code want.yaml}. */
public final class Wishes {
  private Wishes() {}

  public static Desired of(Yaml want) {
    List<DesiredRole> roles = new ArrayList<>();
    want.at("roles").keys().forEach(name -> roles.add(role(name, want.at("roles").at(name))));
    List<PreparedDatabase> prepared =
        want.at("prepared").keys().stream()
            .map(name -> prepared(name, want.at("prepared").at(name)))
            .toList();
    Set<RoleName> ownerGroups = names(want.at("ownerGroups"), RoleName::new);
    for (PreparedDatabase database : prepared) {
      for (DesiredRole role : database.roles(name -> Credential.of("password of " + name))) {
        roles.add(ownerGroups.isEmpty() || !owns(role) ? role : withGroups(role, ownerGroups));
      }
    }
    List<DesiredDatabase> databases =
        want.at("databases").keys().stream()
            .map(
                name ->
                    new DesiredDatabase(
                        new DatabaseName(name), new RoleName(want.at("databases").at(name).text())))
            .toList();
    return new Desired(
        roles,
        databases,
        prepared,
        PasswordEncryption.of(want.at("encryption").text()),
        departures(want.at("departures")),
        lookup(want.at("lookup")));
  }

  private static boolean owns(DesiredRole role) {
    return role.name().value().endsWith("_owner") || role.name().value().endsWith("_owner_user");
  }

  private static DesiredRole withGroups(DesiredRole role, Set<RoleName> more) {
    Set<RoleName> groups = new java.util.TreeSet<>(role.memberOf());
    groups.addAll(more);
    return role.withMemberOf(groups);
  }

  private static DesiredRole role(String name, Yaml role) {
    Map<String, String> parameters = new HashMap<>();
    role.at("parameters")
        .keys()
        .forEach(key -> parameters.put(key, role.at("parameters").at(key).text()));
    return new DesiredRole(
        new RoleName(name),
        names(role.at("flags"), RoleFlag::valueOf),
        Credential.of(role.at("password").text()),
        names(role.at("memberOf"), RoleName::new),
        names(role.at("admins"), RoleName::new),
        parameters);
  }

  private static PreparedDatabase prepared(String name, Yaml database) {
    Map<SchemaName, PreparedSchema> schemas = new LinkedHashMap<>();
    for (String schema : database.at("schemas").keys()) {
      Yaml wanted = database.at("schemas").at(schema);
      schemas.put(
          new SchemaName(schema),
          new PreparedSchema(
              wanted.at("defaultRoles").flag(true), wanted.at("defaultUsers").flag(false)));
    }
    Map<ExtensionName, SchemaName> extensions = new HashMap<>();
    for (String extension : database.at("extensions").keys()) {
      extensions.put(
          new ExtensionName(extension),
          new SchemaName(database.at("extensions").at(extension).text()));
    }
    return new PreparedDatabase(
        new DatabaseName(name), database.at("defaultUsers").flag(false), schemas, extensions);
  }

  private static Departures departures(Yaml departures) {
    return departures.present()
        ? new Departures(
            departures.at("suffix").text(),
            names(departures.at("suspended"), RoleName::new),
            names(departures.at("rotated"), RoleName::new),
            departures.at("before").present()
                ? LocalDate.parse(departures.at("before").text())
                : LocalDate.EPOCH,
            new Members(
                departures.at("mark").text(),
                names(departures.at("present"), RoleName::new),
                departures.at("complete").flag(true)),
            names(departures.at("yielding"), RoleName::new))
        : Departures.NONE;
  }

  private static Lookup lookup(Yaml lookup) {
    return lookup.present()
        ? new Lookup.Installed(
            new SchemaName(lookup.at("schema").text()), new RoleName(lookup.at("user").text()))
        : new Lookup.None();
  }

  private static <T> Set<T> names(Yaml list, Function<String, T> make) {
    return list.texts().stream().map(make).collect(Collectors.toSet());
  }
}
