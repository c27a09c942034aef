package dev.pgoperator.pg.plan;

/** Whether a connection pooler is to find passwords in every database. */
public sealed interface Lookup {

  /** No: nothing is installed, and nothing that is there is removed. */
  record None() implements Lookup {}

  /**
   * Yes: each database that lets users in, templates left out, gets the schema with a function
   * {@code user_lookup} that only the pooler's user may call.
   */
  record Installed(SchemaName schema, RoleName user) implements Lookup {}
}
