package dev.pgoperator.pg.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Plans the publications of one database. */
public final class PublicationPlan {
  private PublicationPlan() {}

  /**
   * The changes that make them fit.
   *
   * @param have those with the prefix that belong to the superuser, with their tables
   */
  public static Plan of(Map<String, Set<TableName>> have, DesiredPublications wanted) {
    List<Change> changes = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    wanted
        .tables()
        .forEach(
            (name, tables) -> {
              Set<TableName> present = have.get(name);
              if (NameRule.objection(name).isPresent()) {
                skipped.add(
                    new Skipped(
                        "publication " + Sql.ident(name), NameRule.objection(name).orElse("")));
              } else if (present == null && tables.isEmpty()) {
                skipped.add(new Skipped("publication " + Sql.ident(name), "it has no tables"));
              } else if (present == null) {
                changes.add(new SetPublication(wanted.database(), name, tables, false));
              } else if (!tables.isEmpty() && !tables.equals(present)) {
                changes.add(new SetPublication(wanted.database(), name, tables, true));
              }
            });
    for (String name : new TreeMap<>(have).keySet()) {
      if (!wanted.tables().containsKey(name)) {
        changes.add(new DropPublication(wanted.database(), name));
      }
    }
    return new Plan(changes, skipped);
  }
}
