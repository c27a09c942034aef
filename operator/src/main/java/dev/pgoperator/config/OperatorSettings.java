package dev.pgoperator.config;

import java.time.Duration;
import java.util.List;

/** How the operator process works. */
public record OperatorSettings(
    Crds crds, Pace pace, Waits waits, HttpApi httpApi, Scope scope, Deletion deletion) {

  /** {@code enable_crd_registration}, {@code crd_categories}. */
  public record Crds(boolean registration, List<String> categories) {}

  /** {@code workers}, {@code resync_period}, {@code repair_period}. */
  public record Pace(int workers, Duration resyncPeriod, Duration repairPeriod) {}

  /** An {@code …_interval} and its {@code …_timeout}. */
  public record Poll(Duration interval, Duration timeout) {}

  /**
   * Deadlines: {@code patroni_api_check_*}, {@code resource_check_*}, {@code ready_wait_*}, {@code
   * pod_label_wait_timeout}, {@code pod_deletion_wait_timeout}, {@code master_pod_move_timeout}.
   */
  public record Waits(
      Poll patroniApi,
      Poll resource,
      Poll ready,
      Duration podLabel,
      Duration podDeletion,
      Duration primaryPodMove) {}

  /** {@code api_port}, {@code ring_log_lines}, {@code cluster_history_entries}. */
  public record HttpApi(int port, int ringLogLines, int clusterHistoryEntries) {}

  /**
   * What the operator looks at: {@code watched_namespace} ({@code *} is all, empty its own), {@code
   * enable_team_id_clustername_prefix}, {@code debug_logging}, {@code enable_database_access}.
   */
  public record Scope(
      String watchedNamespace,
      boolean teamIdPrefix,
      boolean debugLogging,
      boolean databaseAccess) {}

  /**
   * What happens when a manifest goes: {@code enable_finalizers}, {@code enable_owner_references},
   * {@code delete_annotation_date_key}, {@code delete_annotation_name_key}, {@code
   * enable_secrets_deletion}, {@code enable_persistent_volume_claim_deletion}.
   */
  public record Deletion(
      boolean finalizers,
      boolean ownerReferences,
      String dateKey,
      String nameKey,
      boolean secrets,
      boolean volumeClaims) {}

  static OperatorSettings read(OptionReader o) {
    OptionReader k = o.group("kubernetes");
    OptionReader t = o.group("timeouts");
    OptionReader debug = o.group("debug");
    OptionReader rest = o.group("logging_rest_api");
    return new OperatorSettings(
        new Crds(o.flag("enable_crd_registration", true), o.texts("crd_categories", "all")),
        new Pace(
            o.atLeast(1, "workers", 8),
            o.duration("resync_period", "30m"),
            o.duration("repair_period", "5m")),
        new Waits(
            new Poll(
                t.duration("patroni_api_check_interval", "1s"),
                t.duration("patroni_api_check_timeout", "5s")),
            new Poll(
                t.duration("resource_check_interval", "3s"),
                t.duration("resource_check_timeout", "10m")),
            new Poll(
                t.duration("ready_wait_interval", "4s"), t.duration("ready_wait_timeout", "30s")),
            t.duration("pod_label_wait_timeout", "10m"),
            t.duration("pod_deletion_wait_timeout", "10m"),
            k.duration("master_pod_move_timeout", "20m")),
        new HttpApi(
            rest.atLeast(1, "api_port", 8080),
            rest.atLeast(1, "ring_log_lines", 100),
            rest.atLeast(1, "cluster_history_entries", 1000)),
        new Scope(
            k.text("watched_namespace", ""),
            o.flag("enable_team_id_clustername_prefix", false),
            debug.flag("debug_logging", true),
            debug.flag("enable_database_access", true)),
        new Deletion(
            k.flag("enable_finalizers", false),
            k.flag("enable_owner_references", false),
            k.text("delete_annotation_date_key", ""),
            k.text("delete_annotation_name_key", ""),
            k.flag("enable_secrets_deletion", true),
            k.flag("enable_persistent_volume_claim_deletion", true)));
  }
}
