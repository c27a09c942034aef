package dev.pgoperator.patroni;

import java.util.List;

/** The PostgreSQL of a member, as far as Patroni could ask it. */
public sealed interface Server {
  /**
   * PostgreSQL answered Patroni.
   *
   * @param version PostgreSQL's {@code server_version_num}, such as 170006 for 17.6
   * @param timeline the timeline it is on; 0 if Patroni does not know it
   * @param wal how far it has written or replayed
   * @param replication those who receive WAL from it
   * @param systemIdentifier of the data directory, decimal; empty if it was not said
   */
  record Running(
      int version, long timeline, Wal wal, List<Replication> replication, String systemIdentifier)
      implements Server {
    public Running {
      replication = List.copyOf(replication);
    }

    /** The major version, such as 17. */
    public int majorVersion() {
      return version / 10_000;
    }
  }

  /** PostgreSQL did not answer, or there is none yet. */
  record Down() implements Server {}

  /** Positions in the WAL, in bytes since its beginning. */
  sealed interface Wal {

    /** A primary has written up to here. */
    record Written(long location) implements Wal {}

    /**
     * A replica has received and replayed up to here; 0 stands for nothing yet.
     *
     * @param paused replay was paused by somebody
     */
    record Replayed(long received, long replayed, boolean paused) implements Wal {}

    /** Patroni did not say. */
    record NotSaid() implements Wal {}
  }

  /**
   * One receiver of WAL, from {@code pg_stat_replication}.
   *
   * @param application the member's name, or the application's
   * @param address empty for a local receiver
   * @param state such as {@code streaming} or {@code catchup}
   * @param syncState {@code async}, {@code sync}, {@code quorum} or {@code potential}
   */
  record Replication(String application, String address, String state, String syncState) {}

  static Server parse(LenientJson json) {
    // Patroni leaves the version out exactly when it could not ask PostgreSQL.
    return json.number("server_version")
        .<Server>map(
            version ->
                new Running(
                    version.intValue(),
                    json.number("timeline").orElse(0L),
                    wal(json.object("xlog")),
                    json.objects("replication").stream().map(Server::replication).toList(),
                    json.textOrEmpty("database_system_identifier")))
        .orElseGet(Down::new);
  }

  private static Wal wal(LenientJson xlog) {
    if (xlog.number("location").isPresent()) {
      return new Wal.Written(xlog.number("location").orElseThrow());
    }
    if (xlog.number("received_location").isPresent()
        || xlog.number("replayed_location").isPresent()) {
      return new Wal.Replayed(
          xlog.number("received_location").orElse(0L),
          xlog.number("replayed_location").orElse(0L),
          xlog.isSet("paused"));
    }
    return new Wal.NotSaid();
  }

  private static Replication replication(LenientJson json) {
    return new Replication(
        json.textOrEmpty("application_name"),
        json.textOrEmpty("client_addr"),
        json.textOrEmpty("state"),
        json.textOrEmpty("sync_state"));
  }
}
