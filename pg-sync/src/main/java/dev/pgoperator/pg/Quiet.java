package dev.pgoperator.pg;

import java.util.List;

/**
 * Keeps verifiers out of what the server writes down: its log, whichever setting would bring a
 * statement there, and the table of {@code pg_stat_statements}, which keeps utility statements as
 * they were sent. For one session, only while it sends verifiers; a superuser may set all of it.
 */
final class Quiet {
  /** Each a statement. */
  static final List<String> SETTINGS =
      List.of(
          "SET log_statement = 'none'",
          "SET log_min_duration_statement = -1",
          "SET log_min_duration_sample = -1",
          "SET log_transaction_sample_rate = 0",
          "SET log_min_error_statement = 'panic'",
          "SET pg_stat_statements.track_utility = off");

  /** Back to what the server's configuration says. */
  static final List<String> BACK =
      List.of(
          "RESET log_statement",
          "RESET log_min_duration_statement",
          "RESET log_min_duration_sample",
          "RESET log_transaction_sample_rate",
          "RESET log_min_error_statement",
          "RESET pg_stat_statements.track_utility");

  private Quiet() {}
}
