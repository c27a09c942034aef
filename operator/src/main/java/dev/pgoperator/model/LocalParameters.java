package dev.pgoperator.model;

import java.util.Set;

/**
 * PostgreSQL parameters that are given to each pod through its environment, so that a change
 * replaces pods; all others belong to Patroni's dynamic configuration (behaviour.md §2.4).
 */
public final class LocalParameters {

  private static final Set<String> NAMES =
      Set.of(
          "archive_command",
          "shared_buffers",
          "logging_collector",
          "log_destination",
          "log_directory",
          "log_filename",
          "log_file_mode",
          "log_rotation_age",
          "log_truncate_on_rotation",
          "ssl",
          "ssl_ca_file",
          "ssl_crl_file",
          "ssl_cert_file",
          "ssl_key_file",
          "shared_preload_libraries",
          "bg_mon.listen_address",
          "bg_mon.history_buckets",
          "pg_stat_statements.track_utility",
          "extwlist.extensions",
          "extwlist.custom_path");

  private LocalParameters() {}

  public static boolean contains(String parameter) {
    return NAMES.contains(parameter);
  }
}
