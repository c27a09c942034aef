package dev.pgoperator.api;

import dev.pgoperator.api.Pods.Resources;
import java.util.List;
import java.util.Map;

/** Who may connect to what. */
public record Access(
    Map<String, List<String>> users,
    Map<String, String> databases,
    Map<String, PreparedDatabase> preparedDatabases,
    Rotation rotation,
    Pooler pooler,
    List<Stream> streams) {

  public Access {
    users = Sorted.copyOf(users);
    databases = Sorted.copyOf(databases);
    preparedDatabases = Sorted.copyOf(preparedDatabases);
    streams = List.copyOf(streams);
  }

  /**
   * A database with ready-made roles. An empty {@code preparedDatabases} in the manifest arrives
   * here as the one database that it stands for; empty {@code schemas} as the one schema {@code
   * data}.
   */
  public record PreparedDatabase(
      boolean defaultUsers,
      Map<String, String> extensions,
      Map<String, PreparedSchema> schemas,
      String secretNamespace) {
    public PreparedDatabase {
      extensions = Sorted.copyOf(extensions);
      schemas = Sorted.copyOf(schemas);
    }
  }

  /** A schema of a prepared database; its users need its roles. */
  public record PreparedSchema(boolean defaultRoles, boolean defaultUsers) {}

  /** Users whose passwords rotate differently than configured. */
  public record Rotation(List<String> ignoring, List<String> withSecret, List<String> inPlace) {
    public Rotation {
      ignoring = List.copyOf(ignoring);
      withSecret = List.copyOf(withSecret);
      inPlace = List.copyOf(inPlace);
    }
  }

  /**
   * The connection pooler.
   *
   * @param section whether the manifest has a {@code connectionPooler} section, which alone
   *     switches the pooler of the primary on
   */
  public record Pooler(
      Toggle primary, Toggle replica, boolean section, PoolerPods pods, PoolerSession session) {
    public boolean isPrimaryOn() {
      return primary.or(section);
    }

    public boolean isReplicaOn() {
      return replica.or(false);
    }

    public boolean isOn() {
      return isPrimaryOn() || isReplicaOn();
    }
  }

  /** Pods of the pooler; 0 and empty are left to the configuration. */
  public record PoolerPods(int numberOfInstances, String dockerImage, Resources resources) {}

  /** Sessions of the pooler; 0 and empty are left to the configuration. */
  public record PoolerSession(String schema, String user, String mode, int maxDbConnections) {}

  /** Events read from tables of one database. */
  public record Stream(
      String applicationId,
      String database,
      Map<String, StreamTable> tables,
      Map<String, String> filter,
      StreamDelivery delivery,
      Resources resources) {
    public Stream {
      tables = Sorted.copyOf(tables);
      filter = Sorted.copyOf(filter);
    }
  }

  /** How events leave; a batch size of 0 is not sent. */
  public record StreamDelivery(long batchSize, Toggle enableRecovery) {}

  /** One table of a stream. */
  public record StreamTable(
      String eventType,
      String recoveryEventType,
      Toggle ignoreRecovery,
      String idColumn,
      String payloadColumn) {}
}
