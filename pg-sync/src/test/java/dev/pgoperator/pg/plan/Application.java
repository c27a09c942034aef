package dev.pgoperator.pg.plan;

import dev.pgoperator.pg.plan.ObservedDatabase.InstalledExtension;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What each change does to a {@link World}. */
record Application(World world) {

  void apply(Change change) {
    switch (change) {
      case CreateRole c -> create(c);
      case AlterRole c -> {
        ObservedRole have = role(c.role());
        Secret password =
            c.password() instanceof PasswordVerdict.Replace r
                ? new Secret(r.verifier().text())
                : have.password();
        world.put(
            new ObservedRole(
                c.role(),
                flags(have.attributes(), c.flags()),
                password,
                have.memberOf(),
                have.parameters(),
                have.comment()));
      }
      case MarkRole c -> {
        ObservedRole have = role(c.role());
        world.put(
            new ObservedRole(
                c.role(),
                have.attributes(),
                have.password(),
                have.memberOf(),
                have.parameters(),
                c.comment()));
      }
      case TakeLogin c -> takeLogin(c);
      case RevokeMembership c -> leave(c.role(), c.group());
      case GrantMembership c -> c.groups().forEach(group -> join(c.role(), group));
      case SetRoleParameters c -> {
        ObservedRole have = role(c.role());
        Map<String, String> parameters = new HashMap<>(have.parameters());
        c.reset().forEach(parameters::remove);
        c.set()
            .forEach((name, value) -> parameters.put(Parameter.folded(name), stored(name, value)));
        world.put(
            new ObservedRole(
                c.role(),
                have.attributes(),
                have.password(),
                have.memberOf(),
                parameters,
                have.comment()));
      }
      case SuspendRole c -> rename(c.role(), c.aside(), false);
      case RestoreRole c -> rename(c.aside(), c.role(), true);
      case DropRole c -> drop(c.role());
      case CreateDatabase c -> {
        role(c.owner());
        require(!world.databases.containsKey(c.database()), change);
        world.put(c.database(), c.owner(), Set.of(new SchemaName("public")), Map.of(), "");
      }
      case ChangeDatabaseOwner c -> own(c.database(), c.owner());
      case SetDefaultPrivileges c -> {
        own(c.prepared().name(), c.owner());
        world.privileged.add(c.prepared().name().value());
      }
      case CreateSchema c -> schema(c);
      case CreateExtension c -> extension(c.database(), c.extension(), c.schema());
      case MoveExtension c -> extension(c.database(), c.extension(), c.schema());
      case SetPublication _, DropPublication _ ->
          throw new AssertionError("publications have a plan of their own");
      case InstallLookup c -> {
        ObservedDatabase have = database(c.database());
        role(c.user());
        world.put(
            c.database(),
            have.owner(),
            plus(have.schemas(), c.schema()),
            have.extensions(),
            InstallLookup.BODY);
      }
    }
  }

  private void create(CreateRole c) {
    require(!world.roles.containsKey(c.role()), c);
    Secret password =
        new Secret(c.password() instanceof PasswordVerdict.Replace r ? r.verifier().text() : "");
    world.put(
        new ObservedRole(
            c.role(), flags(Set.of(RoleFlag.INHERIT), c.flags()), password, Set.of(), Map.of()));
    c.memberOf().forEach(group -> join(c.role(), group));
    c.admins().forEach(admin -> join(admin, c.role()));
  }

  private void join(RoleName member, RoleName group) {
    require(new Memberships(world.server()).objection(member, group).isEmpty(), "join " + group);
    ObservedRole have = role(member);
    world.put(
        new ObservedRole(
            member,
            have.attributes(),
            have.password(),
            plus(have.memberOf(), group),
            have.parameters(),
            have.comment()));
  }

  private void leave(RoleName member, RoleName group) {
    ObservedRole have = role(member);
    require(have.memberOf().contains(group), "leave " + group);
    Set<RoleName> groups = new HashSet<>(have.memberOf());
    groups.remove(group);
    world.put(
        new ObservedRole(
            member, have.attributes(), have.password(), groups, have.parameters(), have.comment()));
  }

  private void takeLogin(TakeLogin c) {
    ObservedRole have = role(c.role());
    world.put(
        new ObservedRole(
            c.role(),
            flags(have.attributes(), Set.of(RoleFlag.NOLOGIN)),
            have.password(),
            have.memberOf(),
            have.parameters(),
            have.comment()));
  }

  private void drop(RoleName name) {
    role(name);
    world.roles.remove(name);
    for (ObservedRole other : List.copyOf(world.roles.values())) {
      Set<RoleName> groups = new HashSet<>(other.memberOf());
      groups.remove(name);
      world.put(
          new ObservedRole(
              other.name(),
              other.attributes(),
              other.password(),
              groups,
              other.parameters(),
              other.comment()));
    }
  }

  private void rename(RoleName from, RoleName to, boolean login) {
    ObservedRole have = role(from);
    require(!world.roles.containsKey(to), "rename to " + to);
    world.roles.remove(from);
    RoleFlag flag = login ? RoleFlag.LOGIN : RoleFlag.NOLOGIN;
    world.put(
        new ObservedRole(
            to,
            flags(have.attributes(), Set.of(flag)),
            have.password(),
            have.memberOf(),
            have.parameters(),
            have.comment()));
  }

  /** As the server keeps it: names in their quotes, anything else as it was sent. */
  private static String stored(String name, String value) {
    String list =
        Parameter.names(Parameter.unquoted(value)).stream()
            .map(Sql::ident)
            .collect(Collectors.joining(", "));
    return Parameter.same(name, value, list) ? list : Parameter.unquoted(value);
  }

  private void own(DatabaseName name, RoleName owner) {
    ObservedDatabase have = database(name);
    role(owner);
    world.put(name, owner, have.schemas(), have.extensions(), have.lookupBody());
  }

  private void schema(CreateSchema c) {
    ObservedDatabase have = database(c.prepared().name());
    require(!have.schemas().contains(c.schema()), c);
    c.privileges().stream().flatMap(Privileges::everyone).forEach(this::role);
    world.privileged.add(c.prepared().name() + "." + c.schema());
    world.put(
        c.prepared().name(),
        have.owner(),
        plus(have.schemas(), c.schema()),
        have.extensions(),
        have.lookupBody());
  }

  private void extension(DatabaseName database, ExtensionName name, SchemaName schema) {
    ObservedDatabase have = database(database);
    require(have.schemas().contains(schema), "extension in " + schema);
    Map<ExtensionName, InstalledExtension> extensions = new HashMap<>(have.extensions());
    extensions.put(name, new InstalledExtension(schema, true));
    world.put(database, have.owner(), have.schemas(), extensions, have.lookupBody());
  }

  private ObservedRole role(RoleName name) {
    return world.role(name);
  }

  private ObservedDatabase database(DatabaseName name) {
    return world.database(name);
  }

  private static void require(boolean possible, Object what) {
    if (!possible) {
      throw new AssertionError("a server would refuse: " + what);
    }
  }

  private static Set<RoleFlag> flags(Set<RoleFlag> have, Set<RoleFlag> change) {
    Set<RoleFlag> flags = new HashSet<>(have);
    for (RoleFlag flag : change) {
      if (flag.positive()) {
        flags.add(flag);
      } else {
        flags.remove(flag.attribute());
      }
    }
    return flags;
  }

  private static <T> Set<T> plus(Set<T> items, T item) {
    Set<T> all = new HashSet<>(items);
    all.add(item);
    return all;
  }
}
