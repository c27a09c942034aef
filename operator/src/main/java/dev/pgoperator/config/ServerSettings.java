package dev.pgoperator.config;

import dev.pgoperator.api.MaintenanceWindow;
import java.util.List;
import java.util.Map;

/** How the database servers run. */
public record ServerSettings(
    Consensus consensus,
    Upgrade upgrade,
    Maintenance maintenance,
    Instances instances,
    Storage storage,
    Archive archive) {

  /**
   * Where Patroni keeps its state: {@code etcd_host}, {@code kubernetes_use_configmaps}; and {@code
   * enable_patroni_failsafe_mode}.
   */
  public record Consensus(String etcdHost, boolean useConfigMaps, boolean failsafeMode) {
    public boolean onEtcd() {
      return !etcdHost.isEmpty();
    }

    public boolean onConfigMaps() {
      return !onEtcd() && useConfigMaps;
    }

    public boolean onEndpoints() {
      return !onEtcd() && !useConfigMaps;
    }
  }

  /**
   * {@code major_version_upgrade_mode}, {@code major_version_upgrade_team_allow_list}, {@code
   * minimal_major_version}, {@code target_major_version}.
   */
  public record Upgrade(
      String mode, List<String> teamAllowList, String minimalVersion, String targetVersion) {}

  /**
   * {@code enable_maintenance_windows}, {@code maintenance_windows}.
   *
   * @param configured whether any window was written, even one that could not be read: then an
   *     empty list means "never"
   */
  public record Maintenance(boolean enabled, List<MaintenanceWindow> windows, boolean configured) {}

  /** {@code min_instances}, {@code max_instances}; a negative bound is off. */
  public record Instances(int least, int most) {}

  /**
   * {@code storage_resize_mode}, {@code persistent_volume_claim_retention_policy} (true deletes),
   * {@code aws_region}.
   */
  public record Storage(
      String resizeMode, boolean deletedWithCluster, boolean deletedWhenScaled, String awsRegion) {}

  /**
   * Where WAL and logs go: {@code wal_s3_bucket}, {@code wal_gs_bucket}, {@code
   * wal_az_storage_account}, {@code gcp_credentials}, {@code log_s3_bucket}.
   */
  public record Archive(
      String s3Bucket,
      String gsBucket,
      String azureStorageAccount,
      String gcpCredentials,
      String logS3Bucket) {}

  static ServerSettings read(OptionReader o) {
    OptionReader k = o.group("kubernetes");
    OptionReader cloud = o.group("aws_or_gcp");
    OptionReader major = o.group("major_version_upgrade");
    Map<String, String> retention =
        k.pairs(
            "persistent_volume_claim_retention_policy",
            Map.of("when_deleted", "retain", "when_scaled", "retain"));
    return new ServerSettings(
        new Consensus(
            o.text("etcd_host", ""),
            o.flag("kubernetes_use_configmaps", true),
            o.group("patroni").flag("enable_patroni_failsafe_mode", false)),
        new Upgrade(
            major.oneOf("major_version_upgrade_mode", "manual", "off", "manual", "full"),
            major.texts("major_version_upgrade_team_allow_list"),
            major.text("minimal_major_version", "14"),
            major.text("target_major_version", "18")),
        maintenance(o),
        new Instances(o.integer("min_instances", -1), o.integer("max_instances", -1)),
        new Storage(
            k.oneOf("storage_resize_mode", "pvc", "pvc", "ebs", "mixed", "off"),
            "delete".equals(retention.get("when_deleted")),
            "delete".equals(retention.get("when_scaled")),
            cloud.text("aws_region", "eu-central-1")),
        new Archive(
            cloud.text("wal_s3_bucket", ""),
            cloud.text("wal_gs_bucket", ""),
            cloud.text("wal_az_storage_account", ""),
            cloud.text("gcp_credentials", ""),
            cloud.text("log_s3_bucket", "")));
  }

  private static Maintenance maintenance(OptionReader o) {
    List<String> texts = o.texts("maintenance_windows");
    return new Maintenance(
        o.flag("enable_maintenance_windows", true),
        o.windows("maintenance_windows", texts),
        !texts.isEmpty());
  }
}
