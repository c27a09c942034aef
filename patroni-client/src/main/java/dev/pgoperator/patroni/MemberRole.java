package dev.pgoperator.patroni;

/**
 * What a member is in its cluster. Patroni has changed its words over time and uses different ones
 * in {@code GET /patroni} and {@code GET /cluster}; {@code master}, {@code primary} and {@code
 * leader} all mean {@link Known#PRIMARY}.
 */
public sealed interface MemberRole {

  /** The role in Patroni's own word, for people to read. */
  String text();

  /**
   * Whether this member is the one that others follow: a primary, or the leader of a standby
   * cluster.
   */
  default boolean leads() {
    return this == Known.PRIMARY || this == Known.STANDBY_LEADER;
  }

  /** A role that this version knows. */
  enum Known implements MemberRole {
    /** Holds the leader lock and accepts writes. */
    PRIMARY("primary"),
    /** Holds the leader lock of a cluster that follows another cluster; read-only. */
    STANDBY_LEADER("standby_leader"),
    /** A replica that a commit waits for. */
    SYNC_STANDBY("sync_standby"),
    /** A replica that counts for the quorum that a commit waits for. */
    QUORUM_STANDBY("quorum_standby"),
    REPLICA("replica"),
    /** Was the primary and is on its way down. */
    DEMOTED("demoted"),
    /** Has no data directory yet. */
    UNINITIALIZED("uninitialized");

    private final String text;

    Known(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  /** A role that this version does not know, or none at all (then the text is empty). */
  record Unknown(String text) implements MemberRole {}

  /** Reads Patroni's word; never fails. */
  static MemberRole parse(String text) {
    return switch (text) {
      case "primary", "master", "leader", "promoted" -> Known.PRIMARY;
      case "standby_leader" -> Known.STANDBY_LEADER;
      case "sync_standby" -> Known.SYNC_STANDBY;
      case "quorum_standby" -> Known.QUORUM_STANDBY;
      case "replica" -> Known.REPLICA;
      case "demoted" -> Known.DEMOTED;
      case "uninitialized" -> Known.UNINITIALIZED;
      default -> new Unknown(text);
    };
  }
}
