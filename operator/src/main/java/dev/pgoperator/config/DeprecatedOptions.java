package dev.pgoperator.config;

import java.util.List;
import java.util.Map;

/** Options that still may stand in a configuration but should not (api.md §2.4, §6.2). */
final class DeprecatedOptions {

  /**
   * One of them.
   *
   * @param successor empty when the option has no effect any more
   * @param harmless a value that the API server may have filled in, so nobody can be blamed for it
   */
  record Entry(String group, String key, String successor, String harmless) {
    private static Entry replaced(String group, String key, String successor) {
      return new Entry(group, key, successor, "");
    }

    private static Entry removed(String group, String key) {
      return new Entry(group, key, "", "");
    }

    /** Whether a written value is in use. */
    boolean isUsed(Object value) {
      return !value.equals(harmless)
          && !value.equals("")
          && !value.equals(List.of())
          && !value.equals(Map.of());
    }
  }

  static final List<Entry> ALL =
      List.of(
          Entry.removed("", "enable_crd_validation"),
          Entry.removed("aws_or_gcp", "enable_ebs_gp3_migration"),
          Entry.removed("aws_or_gcp", "enable_ebs_gp3_migration_max_size"),
          Entry.replaced("", "sidecar_docker_images", "sidecars"),
          Entry.replaced(
              "kubernetes", "infrastructure_roles_secret_name", "infrastructure_roles_secrets"),
          Entry.replaced("scalyr", "scalyr_api_key", "sidecars"),
          Entry.replaced("scalyr", "scalyr_image", "sidecars"),
          new Entry(
              "load_balancer",
              "master_legacy_dns_name_format",
              "master_dns_name_format",
              "{cluster}.{team}.{hostedzone}"),
          new Entry(
              "load_balancer",
              "replica_legacy_dns_name_format",
              "replica_dns_name_format",
              "{cluster}-repl.{team}.{hostedzone}"));

  /** Never had a place in an {@code OperatorConfiguration}. */
  static final Entry CONFIG_MAP_ONLY =
      Entry.replaced(
          "",
          "enable_load_balancer",
          "enable_master_load_balancer and enable_replica_load_balancer");

  private DeprecatedOptions() {}
}
