package dev.pgoperator.config;

import dev.pgoperator.api.SecretText;

/** What stands beside the database pods: pooler, logical backup, Scalyr. */
public record AddOnSettings(Pooler pooler, LogicalBackup logicalBackup, Scalyr scalyr) {

  /** {@code connection_pooler_*}. */
  public record Pooler(int instances, PoolerSession session, String image, Amounts resources) {}

  /**
   * {@code connection_pooler_schema}, {@code _user}, {@code _mode}, {@code _max_db_connections}.
   */
  public record PoolerSession(String schema, String user, String mode, int maxDbConnections) {}

  /** {@code logical_backup_*}. */
  public record LogicalBackup(Job job, Target target) {}

  /**
   * The CronJob: {@code logical_backup_schedule}, {@code _docker_image}, {@code _job_prefix},
   * {@code _cronjob_environment_secret}, its history and its resources.
   */
  public record Job(
      String schedule,
      String image,
      String prefix,
      String environmentSecret,
      JobHistory history,
      Amounts resources) {}

  /**
   * {@code _successful_jobs_history_limit}, {@code _failed_jobs_history_limit}, {@code
   * _ttl_seconds_after_finished}.
   */
  public record JobHistory(int successful, int failed, int ttlSeconds) {}

  /**
   * Where dumps go: {@code logical_backup_provider} ({@code s3}, {@code gcs}, {@code az}) and its
   * settings.
   */
  public record Target(
      String provider, S3 s3, Azure azure, String googleCredentials, String retentionTime) {}

  /** {@code logical_backup_s3_*}; bucket and prefix serve every provider. */
  public record S3(
      String bucket,
      String bucketPrefix,
      String region,
      String endpoint,
      S3Keys keys,
      String sse) {}

  /** {@code logical_backup_s3_access_key_id}, {@code logical_backup_s3_secret_access_key}. */
  public record S3Keys(String accessKeyId, SecretText secretAccessKey) {}

  /** {@code logical_backup_azure_storage_*}. */
  public record Azure(String accountName, String container, SecretText accountKey) {}

  /** {@code scalyr_*}; the sidecar exists when key and image are set. */
  public record Scalyr(SecretText apiKey, String image, String serverUrl, Amounts resources) {
    public boolean isOn() {
      return !apiKey.isEmpty() && !image.isEmpty();
    }
  }

  static AddOnSettings read(OptionReader o) {
    OptionReader s = o.group("scalyr");
    return new AddOnSettings(
        pooler(o.group("connection_pooler")),
        logicalBackup(o.group("logical_backup")),
        new Scalyr(
            s.secret("scalyr_api_key"),
            s.text("scalyr_image", ""),
            s.text("scalyr_server_url", "https://upload.eu.scalyr.com"),
            Amounts.read(s, "scalyr_", new Amounts("100m", "50Mi", "1", "500Mi"))));
  }

  private static Pooler pooler(OptionReader p) {
    return new Pooler(
        p.poolerInstances("connection_pooler_number_of_instances", 2),
        new PoolerSession(
            p.text("connection_pooler_schema", "pooler"),
            p.text("connection_pooler_user", "pooler"),
            p.oneOf("connection_pooler_mode", "transaction", "session", "transaction"),
            p.integer("connection_pooler_max_db_connections", 60)),
        p.text("connection_pooler_image", "ghcr.io/zalando/postgres-operator/pgbouncer:v2.0.1"),
        Amounts.read(p, "connection_pooler_default_", Amounts.NONE));
  }

  private static LogicalBackup logicalBackup(OptionReader b) {
    return new LogicalBackup(
        new Job(
            b.text("logical_backup_schedule", "30 00 * * *"),
            b.text(
                "logical_backup_docker_image",
                "ghcr.io/zalando/postgres-operator/logical-backup:v2.0.1"),
            b.text("logical_backup_job_prefix", "logical-backup-"),
            b.text("logical_backup_cronjob_environment_secret", ""),
            new JobHistory(
                b.notNegative("logical_backup_successful_jobs_history_limit", 3),
                b.notNegative("logical_backup_failed_jobs_history_limit", 3),
                b.notNegative("logical_backup_ttl_seconds_after_finished", 86_400)),
            Amounts.read(b, "logical_backup_", Amounts.NONE)),
        new Target(
            b.oneOf("logical_backup_provider", "s3", "s3", "gcs", "az"),
            new S3(
                b.text("logical_backup_s3_bucket", ""),
                b.text("logical_backup_s3_bucket_prefix", "spilo"),
                b.text("logical_backup_s3_region", ""),
                b.text("logical_backup_s3_endpoint", ""),
                new S3Keys(
                    b.text("logical_backup_s3_access_key_id", ""),
                    b.secret("logical_backup_s3_secret_access_key")),
                b.text("logical_backup_s3_sse", "")),
            new Azure(
                b.text("logical_backup_azure_storage_account_name", ""),
                b.text("logical_backup_azure_storage_container", ""),
                b.secret("logical_backup_azure_storage_account_key")),
            b.text("logical_backup_google_application_credentials", ""),
            b.text("logical_backup_s3_retention_time", "")));
  }
}
