package dev.pgoperator.pg.plan;

import dev.pgoperator.pg.plan.ObservedServer.ListedDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Plans databases: missing ones are created, declared ones change owner, nothing is dropped. */
public final class DatabasePlan {
  private static final Set<String> SERVERS_OWN = Set.of("postgres", "template0", "template1");

  private final ObservedServer server;
  private final Set<RoleName> known;
  private final List<Change> changes = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  private DatabasePlan(ObservedServer server, Set<RoleName> known) {
    this.server = server;
    this.known = known;
  }

  /**
   * The changes that make the server's databases fit; what is inside them is {@link
   * InteriorPlan}'s.
   */
  public static Plan of(ObservedServer server, Desired desired) {
    var plan = new DatabasePlan(server, names(desired));
    Set<DatabaseName> unfinished = new HashSet<>();
    for (PreparedDatabase prepared : desired.prepared()) {
      if (plan.admits(prepared.name(), prepared.owner()) && plan.unfinished(prepared)) {
        unfinished.add(prepared.name());
        if (!server.databases().containsKey(prepared.name())) {
          plan.changes.add(new CreateDatabase(prepared.name(), server.login()));
        }
      }
    }
    for (DesiredDatabase database : lastOfEach(desired.databases()).values()) {
      if (!unfinished.contains(database.name()) && plan.admits(database.name(), database.owner())) {
        plan.fit(database);
      }
    }
    return new Plan(plan.changes, plan.skipped);
  }

  /**
   * Whom a prepared database is to belong to: the owner declared for it elsewhere, else its own
   * owner role.
   */
  public static RoleName ownerOf(PreparedDatabase prepared, Desired desired, RoleName login) {
    Set<RoleName> roles = names(desired);
    return Optional.ofNullable(lastOfEach(desired.databases()).get(prepared.name()))
        .map(DesiredDatabase::owner)
        .filter(owner -> !owner.equals(login) && roles.contains(owner))
        .orElse(prepared.owner());
  }

  private static Set<RoleName> names(Desired desired) {
    Set<RoleName> names = new HashSet<>();
    desired.roles().forEach(role -> names.add(role.name()));
    return names;
  }

  /**
   * Missing, or created by an earlier sync that did not come to its end (see {@link
   * SetDefaultPrivileges}).
   */
  private boolean unfinished(PreparedDatabase prepared) {
    ListedDatabase have = server.databases().get(prepared.name());
    return have == null || unfinished(prepared.name(), have.owner(), server.login());
  }

  /**
   * Whether a database is as {@link CreateDatabase} left it; the server's own belong to the
   * superuser for good.
   */
  static boolean unfinished(DatabaseName name, RoleName owner, RoleName login) {
    return owner.equals(login) && !SERVERS_OWN.contains(name.value());
  }

  private void fit(DesiredDatabase wanted) {
    ListedDatabase have = server.databases().get(wanted.name());
    if (have == null) {
      changes.add(new CreateDatabase(wanted.name(), wanted.owner()));
    } else if (!have.owner().equals(wanted.owner())) {
      changes.add(new ChangeDatabaseOwner(wanted.name(), wanted.owner(), have.owner()));
    }
  }

  private boolean admits(DatabaseName name, RoleName owner) {
    Optional<String> objection =
        known.contains(owner)
            ? name.objection()
            : Optional.of("its owner " + owner.quoted() + " is not a role that we manage");
    objection.ifPresent(reason -> skipped.add(new Skipped("database " + name.quoted(), reason)));
    return objection.isEmpty();
  }

  private static SequencedMap<DatabaseName, DesiredDatabase> lastOfEach(
      List<DesiredDatabase> databases) {
    SequencedMap<DatabaseName, DesiredDatabase> byName = new LinkedHashMap<>();
    databases.forEach(database -> byName.put(database.name(), database));
    return byName;
  }
}
