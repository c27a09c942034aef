package dev.pgoperator.pg.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing to be changed on a server, whole or not at all. The order within a plan matters;
 * stopping after any change and planning anew leads to the same end.
 */
public sealed interface Change
    permits CreateRole,
        AlterRole,
        GrantMembership,
        SetRoleParameters,
        CreateDatabase,
        ChangeDatabaseOwner,
        SetDefaultPrivileges,
        CreateSchema,
        CreateExtension,
        MoveExtension,
        SuspendRole,
        TakeLogin,
        RestoreRole,
        MarkRole,
        RevokeMembership,
        DropRole,
        InstallLookup,
        SetPublication,
        DropPublication {

  /** What it is about, for instance {@code role "app"}. Free of secrets. */
  String subject();

  /** Why it is needed. Free of secrets. */
  String reason();

  /**
   * What is sent, in order, in one transaction (except {@link CreateDatabase}, which PostgreSQL
   * allows in none).
   */
  List<Statement> statements();

  /** The statements as one may print them, one per line. */
  default String sql() {
    return statements().stream().map(s -> s.printable() + ";").collect(Collectors.joining("\n"));
  }
}
