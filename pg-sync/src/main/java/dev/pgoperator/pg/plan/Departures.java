package dev.pgoperator.pg.plan;

import java.time.LocalDate;
import java.util.Set;

/**
 * What is taken away. Only what is named here is.
 *
 * @param suffix appended to the name of a role that is put aside; empty when roles are not put
 *     aside. A wanted role that is missing while one with the suffix exists comes back instead of
 *     being created
 * @param suspended roles to put aside: they may no longer log in and are renamed
 * @param rotated roles whose dated login users ({@code <role><yyMMdd>}, made by password rotation)
 *     are to be dropped
 * @param before dated users from before this day go
 * @param members people whose roles are put aside when they have left
 * @param yielding roles that give up their membership in another one when that one is to be a
 *     member of them
 */
public record Departures(
    String suffix,
    Set<RoleName> suspended,
    Set<RoleName> rotated,
    LocalDate before,
    Members members,
    Set<RoleName> yielding) {
  /** Nobody goes. */
  public static final Departures NONE = new Departures("", Set.of(), Set.of(), LocalDate.EPOCH);

  /** Without people, and without memberships that give way. */
  public Departures(
      String suffix, Set<RoleName> suspended, Set<RoleName> rotated, LocalDate before) {
    this(suffix, suspended, rotated, before, Members.UNKNOWN, Set.of());
  }

  /** Copies. */
  public Departures {
    suspended = Set.copyOf(suspended);
    rotated = Set.copyOf(rotated);
    yielding = Set.copyOf(yielding);
  }

  /** The name under which a role is put aside. */
  public RoleName aside(RoleName role) {
    return new RoleName(role.value() + suffix);
  }
}
