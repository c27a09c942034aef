package dev.pgoperator.pg.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans the pooler's lookup function of one database. */
public final class LookupPlan {
  private LookupPlan() {}

  /**
   * The change, if any.
   *
   * @param known roles that exist by now
   */
  public static Plan of(
      DatabaseName database, ObservedDatabase have, Lookup wanted, Set<RoleName> known) {
    return switch (wanted) {
      case Lookup.None() -> Plan.EMPTY;
      case Lookup.Installed(SchemaName schema, RoleName user) -> {
        var change = new InstallLookup(database, schema, user);
        Optional<String> objection =
            known.contains(user)
                ? schema.objection()
                : Optional.of("role " + user.quoted() + " does not exist");
        yield objection
            .map(reason -> new Plan(List.of(), List.of(new Skipped(change.subject(), reason))))
            .orElseGet(
                () ->
                    have.lookupBody().equals(InstallLookup.BODY)
                        ? Plan.EMPTY
                        : new Plan(List.of(change), List.of()));
      }
    };
  }
}
