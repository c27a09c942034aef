package dev.pgoperator.pg.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans the inside of one prepared database: default privileges of a new one, schemas, then
 * extensions.
 */
public final class InteriorPlan {
  private final ObservedDatabase have;
  private final PreparedDatabase wanted;
  private final Set<RoleName> known;
  private final List<Change> changes = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  private InteriorPlan(ObservedDatabase have, PreparedDatabase wanted, Set<RoleName> known) {
    this.have = have;
    this.wanted = wanted;
    this.known = known;
  }

  /**
   * The changes that make the database fit.
   *
   * @param login the superuser that we are logged in as; a database that belongs to it was not
   *     finished
   * @param owner whom a new database is handed to, see {@link DatabasePlan#ownerOf}
   * @param known roles that exist by now; privileges for others are left out
   */
  public static Plan of(
      ObservedDatabase have,
      PreparedDatabase wanted,
      RoleName login,
      RoleName owner,
      Set<RoleName> known) {
    var plan = new InteriorPlan(have, wanted, known);
    if (DatabasePlan.unfinished(wanted.name(), have.owner(), login)) {
      plan.finish(new SetDefaultPrivileges(wanted, owner));
    }
    wanted.schemas().keySet().stream()
        .filter(name -> !have.schemas().contains(name))
        .forEach(plan::create);
    wanted.extensions().forEach(plan::fit);
    return new Plan(plan.changes, plan.skipped);
  }

  private void finish(SetDefaultPrivileges change) {
    if (rolesExist(
        change.subject(),
        Stream.concat(Stream.of(change.owner()), change.privileges().everyone()))) {
      changes.add(change);
    }
  }

  private void create(SchemaName name) {
    var change = new CreateSchema(wanted, name);
    Optional<String> objection = name.objection();
    if (objection.isPresent()) {
      skipped.add(new Skipped(change.subject(), objection.get()));
    } else if (rolesExist(
        change.subject(), change.privileges().stream().flatMap(Privileges::everyone))) {
      changes.add(change);
    }
  }

  private boolean rolesExist(String subject, Stream<RoleName> needed) {
    Optional<RoleName> missing = needed.filter(role -> !known.contains(role)).findFirst();
    missing.ifPresent(
        role -> skipped.add(new Skipped(subject, "role " + role.quoted() + " does not exist")));
    return missing.isEmpty();
  }

  private void fit(ExtensionName name, SchemaName schema) {
    String subject = "extension " + name.quoted() + " of database " + wanted.name().quoted();
    ObservedDatabase.InstalledExtension installed = have.extensions().get(name);
    if (installed != null && installed.schema().equals(schema)) {
      return;
    }
    boolean schemaComes =
        changes.stream()
            .anyMatch(c -> c instanceof CreateSchema create && create.schema().equals(schema));
    if (!have.schemas().contains(schema) && !schemaComes) {
      skipped.add(new Skipped(subject, "schema " + schema.quoted() + " does not exist"));
    } else if (installed == null) {
      changes.add(new CreateExtension(wanted.name(), name, schema));
    } else if (installed.relocatable()) {
      changes.add(new MoveExtension(wanted.name(), name, schema, installed.schema()));
    } else {
      skipped.add(
          new Skipped(
              subject, "it lives in " + installed.schema().quoted() + " and cannot be moved"));
    }
  }
}
