package dev.pgoperator.pg.plan;

import dev.pgoperator.pg.plan.ObservedDatabase.InstalledExtension;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes up servers and wishes that have something to do with each other; the same ones for the same
 * seed.
 */
final class Generated {
  /**
   * Each may be a member of those before it only: wishes that contradict each other have no end to
   * converge to.
   */
  private static final List<String> NAMES =
      List.of(
          "shop_reader",
          "shop_owner",
          "we\"ird",
          "back\\slash",
          "bob",
          "bob260101",
          "alice",
          "admin");

  private static final List<String> DATABASES = List.of("shop", "mart", "postgres", "bad-name");
  private static final List<String> SCHEMAS = List.of("data", "public", "o'dd");
  private static final List<String> EXTENSIONS = List.of("hstore", "pgcrypto");
  private final Random random;

  Generated(long seed) {
    this.random = new Random(seed);
  }

  World world() {
    var world = new World();
    world.put(
        new ObservedRole(
            World.LOGIN,
            Set.of(RoleFlag.SUPERUSER, RoleFlag.LOGIN),
            new Secret(""),
            Set.of(),
            Map.of()));
    List<RoleName> before = new ArrayList<>();
    for (String name : some(NAMES)) {
      // Groups only among those made before, as no server has circles.
      Set<RoleName> groups = new HashSet<>(some(before));
      world.put(
          new ObservedRole(
              new RoleName(name), positive(), stored(), groups, parameters(), comment()));
      before.add(new RoleName(name));
    }
    if (random.nextBoolean()) {
      world.put(
          new ObservedRole(
              new RoleName("alice_gone"), Set.of(), new Secret(""), Set.of(), parameters()));
    }
    before.add(World.LOGIN);
    Set<String> databases = new HashSet<>(some(DATABASES));
    databases.add("postgres");
    for (String name : databases) {
      Set<SchemaName> schemas = new HashSet<>(some(SCHEMAS).stream().map(SchemaName::new).toList());
      schemas.add(new SchemaName("public"));
      Map<ExtensionName, InstalledExtension> extensions = new HashMap<>();
      some(EXTENSIONS)
          .forEach(
              e ->
                  extensions.put(
                      new ExtensionName(e),
                      new InstalledExtension(new SchemaName("public"), random.nextBoolean())));
      world.put(
          new DatabaseName(name),
          any(before),
          schemas,
          extensions,
          random.nextBoolean() ? "old" : "");
    }
    return world;
  }

  Desired desired() {
    List<DesiredRole> roles = new ArrayList<>();
    List<RoleName> names = NAMES.stream().map(RoleName::new).toList();
    for (int i = 0; i < names.size(); i++) {
      if (random.nextInt(3) == 0) {
        roles.add(
            new DesiredRole(
                names.get(i),
                flags(),
                credential(),
                new HashSet<>(some(names.subList(0, i))),
                new HashSet<>(some(names.subList(i + 1, names.size()))),
                parameters()));
      }
    }
    List<PreparedDatabase> prepared = new ArrayList<>();
    for (String name : some(DATABASES)) {
      prepared.add(prepared(name));
    }
    prepared.forEach(database -> roles.addAll(database.roles(name -> credential())));
    List<DesiredDatabase> databases = new ArrayList<>();
    some(DATABASES)
        .forEach(name -> databases.add(new DesiredDatabase(new DatabaseName(name), any(names))));
    return new Desired(
        roles,
        databases,
        prepared,
        random.nextBoolean() ? PasswordEncryption.SCRAM_SHA_256 : PasswordEncryption.MD5,
        new Departures(
            random.nextBoolean() ? "_gone" : "",
            new HashSet<>(some(List.of(new RoleName("alice"), new RoleName("bob")))),
            new HashSet<>(some(names)),
            LocalDate.of(2026, 6, 1),
            new Members(
                any(List.of("", "left", "team member")),
                new HashSet<>(some(names)),
                random.nextBoolean()),
            new HashSet<>(some(names))),
        random.nextBoolean()
            ? new Lookup.None()
            : new Lookup.Installed(new SchemaName("pooler"), any(names)));
  }

  private PreparedDatabase prepared(String name) {
    Map<SchemaName, PreparedSchema> schemas = new HashMap<>();
    some(SCHEMAS)
        .forEach(
            s ->
                schemas.put(
                    new SchemaName(s),
                    new PreparedSchema(random.nextBoolean(), random.nextBoolean())));
    Map<ExtensionName, SchemaName> extensions = new HashMap<>();
    some(EXTENSIONS)
        .forEach(e -> extensions.put(new ExtensionName(e), new SchemaName(any(SCHEMAS))));
    return new PreparedDatabase(new DatabaseName(name), random.nextBoolean(), schemas, extensions);
  }

  private Set<RoleFlag> flags() {
    Set<RoleFlag> flags = new HashSet<>();
    some(List.of(RoleFlag.values()))
        .forEach(flag -> flags.add(random.nextBoolean() ? flag : flag.attribute()));
    flags.removeIf(flag -> flag.positive() && flags.contains(RoleFlag.valueOf("NO" + flag)));
    return flags;
  }

  private Set<RoleFlag> positive() {
    Set<RoleFlag> flags = new HashSet<>();
    some(List.of(RoleFlag.values())).forEach(flag -> flags.add(flag.attribute()));
    return flags;
  }

  /** Verifiers instead of passwords: a key derivation for each would make the test slow. */
  private Credential credential() {
    return random.nextBoolean() ? Credential.none() : new Credential.Hashed(stored());
  }

  private Secret stored() {
    return new Secret("md5" + "0123456789abcdef".repeat(2).substring(0, 31) + random.nextInt(3));
  }

  private String comment() {
    return any(List.of("", "", "somebody's words", "team member", "somebody's words\nteam member"));
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    some(List.of("search_path", "work_mem", "log_statement"))
        .forEach(
            name ->
                parameters.put(
                    name, any(List.of("\"$user\", a", "\"$user\", \"a\"", "'4MB'", "b"))));
    return parameters;
  }

  private <T> List<T> some(List<T> items) {
    return items.stream().filter(item -> random.nextInt(3) == 0).toList();
  }

  private <T> T any(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
