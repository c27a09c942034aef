package dev.pgoperator.pg.plan;

import java.util.List;

/**
 * Everything that one server is to have. Roles are complete: those of prepared databases ({@link
 * PreparedDatabase#roles}) are listed too, because their passwords and groups are the caller's
 * business.
 *
 * @param roles a later entry replaces an earlier one of the same name
 * @param encryption the form in which new passwords are stored; a password stored in another form
 *     counts as outdated
 */
public record Desired(
    List<DesiredRole> roles,
    List<DesiredDatabase> databases,
    List<PreparedDatabase> prepared,
    PasswordEncryption encryption,
    Departures departures,
    Lookup lookup) {

  /** Without departures and without a pooler's lookup function. */
  public Desired(
      List<DesiredRole> roles,
      List<DesiredDatabase> databases,
      List<PreparedDatabase> prepared,
      PasswordEncryption encryption) {
    this(roles, databases, prepared, encryption, Departures.NONE, new Lookup.None());
  }

  /** Copies. */
  public Desired {
    roles = List.copyOf(roles);
    databases = List.copyOf(databases);
    prepared = List.copyOf(prepared);
  }
}
