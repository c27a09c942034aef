package dev.pgoperator.pg.plan;

import dev.pgoperator.pg.plan.ObservedDatabase.InstalledExtension;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a server from a test's {@code have.yaml}. */
final class Worlds {
  private Worlds() {}

  static World of(Yaml have) {
    var world = new World();
    for (String name : have.at("roles").keys()) {
      Yaml role = have.at("roles").at(name);
      Set<RoleFlag> flags =
          role.at("flags").texts().stream()
              .map(RoleFlag::valueOf)
              .collect(Collectors.toCollection(HashSet::new));
      if (!role.at("noinherit").flag(false)) {
        flags.add(RoleFlag.INHERIT);
      }
      Map<String, String> parameters = new HashMap<>();
      role.at("parameters")
          .keys()
          .forEach(key -> parameters.put(key, role.at("parameters").at(key).text()));
      Set<RoleName> groups =
          role.at("memberOf").texts().stream().map(RoleName::new).collect(Collectors.toSet());
      world.put(
          new ObservedRole(
              new RoleName(name),
              flags,
              stored(name, role),
              groups,
              parameters,
              role.at("comment").text()));
    }
    for (String name : have.at("databases").keys()) {
      database(world, new DatabaseName(name), have.at("databases").at(name));
    }
    return world;
  }

  private static void database(World world, DatabaseName name, Yaml database) {
    Set<SchemaName> schemas =
        database.at("schemas").texts().stream()
            .map(SchemaName::new)
            .collect(Collectors.toCollection(HashSet::new));
    schemas.add(new SchemaName("public"));
    Map<ExtensionName, InstalledExtension> extensions = new HashMap<>();
    for (String extension : database.at("extensions").keys()) {
      Yaml installed = database.at("extensions").at(extension);
      extensions.put(
          new ExtensionName(extension),
          new InstalledExtension(
              new SchemaName(installed.at("schema").text()),
              installed.at("relocatable").flag(true)));
    }
    String lookup =
        database.at("lookup").flag(false) ? InstallLookup.BODY : database.at("lookup").text();
    world.put(name, new RoleName(database.at("owner").text()), schemas, extensions, lookup);
  }

  /** {@code scram} and {@code md5} give a password in that form, {@code stored} the text itself. */
  private static Secret stored(String role, Yaml entry) {
    if (entry.at("scram").present()) {
      return new Secret(
          Scram.verifier(new Secret(entry.at("scram").text()), new byte[Scram.SALT_BYTES]).text());
    }
    if (entry.at("md5").present()) {
      return new Secret(
          Md5.verifier(new RoleName(role), new Secret(entry.at("md5").text())).text());
    }
    return new Secret(entry.at("stored").text());
  }
}
