package dev.pgoperator.pg.plan;

import java.time.LocalDate;
import java.util.Set;

/**
 * Roles that go. Only what is named here does.
 *
 * @param suffix appended to the name of a role that is put aside; empty when roles are not put
 *     aside. A wanted role that is missing while one with the suffix exists comes back instead of
 *     being created
 * @param suspended roles to put aside: they may no longer log in and are renamed
 * @param rotated roles whose dated login users ({@code <role><yyMMdd>}, made by password rotation)
 *     are to be dropped
 * @param before dated users from before this day go
 */
public record Departures(
    String suffix, Set<RoleName> suspended, Set<RoleName> rotated, LocalDate before) {
  /** Nobody goes. */
  public static final Departures NONE = new Departures("", Set.of(), Set.of(), LocalDate.EPOCH);

  /** Copies. */
  public Departures {
    suspended = Set.copyOf(suspended);
    rotated = Set.copyOf(rotated);
  }

  /** The name under which a role is put aside. */
  public RoleName aside(RoleName role) {
    return new RoleName(role.value() + suffix);
  }
}
