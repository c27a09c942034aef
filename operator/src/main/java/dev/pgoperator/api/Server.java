package dev.pgoperator.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The database server itself: {@code postgresql}, {@code patroni}, {@code clone}, {@code standby},
 * {@code tls} and dumps.
 */
public record Server(
    Engine postgresql,
    Patroni patroni,
    Optional<CloneSource> cloneSource,
    Optional<Standby> standby,
    Tls tls,
    LogicalBackup logicalBackup) {

  /** Major version and settings. */
  public record Engine(String version, Map<String, String> parameters) {
    public Engine {
      parameters = Sorted.copyOf(parameters);
    }
  }

  /** {@code patroni}; zero or empty means "not sent". */
  public record Patroni(
      Map<String, String> initdb,
      List<String> pgHba,
      Timing timing,
      Map<String, Map<String, String>> slots,
      Synchronous synchronous,
      Failover failover) {
    public Patroni {
      initdb = Sorted.copyOf(initdb);
      pgHba = List.copyOf(pgHba);
      slots = Sorted.copyOf(slots);
    }
  }

  /** Seconds of Patroni's loop; 0 means "not sent". */
  public record Timing(long ttl, long loopWait, long retryTimeout) {}

  /** Synchronous replication; a count of 0 means "not sent". */
  public record Synchronous(boolean mode, boolean strict, long nodeCount) {}

  /** When a replica may take over; the lag is in bytes, 0 means "not sent". */
  public record Failover(long maximumLag, Toggle failsafeMode) {}

  /**
   * Where a new cluster's data comes from.
   *
   * @param timestamp empty for a base backup of the running source, a point in time for a restore
   *     from the archive
   */
  public record CloneSource(
      String cluster, String uid, String timestamp, String s3WalPath, S3Source s3) {}

  /** An S3 of its own for the source of a clone. */
  public record S3Source(
      String endpoint, String accessKeyId, SecretText secretAccessKey, Toggle forcePathStyle) {}

  /** The foreign primary that this cluster follows. */
  public record Standby(
      String s3WalPath, String gsWalPath, String host, String port, String primarySlotName) {}

  /** Certificates; TLS with our own ones is off while {@code secretName} is empty. */
  public record Tls(
      String secretName,
      String certificateFile,
      String privateKeyFile,
      String caFile,
      String caSecretName) {
    public boolean isOn() {
      return !secretName.isEmpty();
    }
  }

  /** Logical dumps; empty texts are left to the configuration. */
  public record LogicalBackup(boolean enabled, String retention, String schedule) {}

  /** The clone that has something to say: a section with an empty cluster name is switched off. */
  public Optional<CloneSource> activeClone() {
    return cloneSource.filter(c -> !c.cluster().isEmpty());
  }
}
