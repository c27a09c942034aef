package dev.pgoperator.patroni;

import java.util.Set;

/**
 * What one member says about itself: {@code GET /patroni}. Role and state are in the same words as
 * in {@link ClusterState}.
 *
 * @param role what it is in the cluster
 * @param state what its PostgreSQL is doing
 * @param server the running PostgreSQL, or that there is none
 * @param pendingRestart whether changed parameters wait for a restart of PostgreSQL
 * @param view what the member sees of its cluster
 * @param patroni the Patroni process that answered
 */
public record MemberStatus(
    MemberRole role,
    MemberState state,
    Server server,
    PendingRestart pendingRestart,
    ClusterView view,
    PatroniProcess patroni) {
  private static final Set<MemberRole> REPLICAS =
      Set.of(
          MemberRole.Known.REPLICA, MemberRole.Known.SYNC_STANDBY, MemberRole.Known.QUORUM_STANDBY);

  /**
   * The member's view of its cluster.
   *
   * @param unlocked nobody holds the leader lock
   * @param paused automatic failover is switched off (maintenance mode)
   * @param failsafeActive the state store is out of reach and the primary goes on because all
   *     replicas answer it
   */
  public record ClusterView(boolean unlocked, boolean paused, boolean failsafeActive) {}

  /**
   * Who answered.
   *
   * @param version such as {@code 4.0.7}; empty if it was not said
   * @param scope the name of the cluster
   * @param name the name of the member; empty for a Patroni before 3.3, which does not say it
   */
  public record PatroniProcess(String version, String scope, String name) {}

  /** Whether this member accepts writes by its own account: a running primary. */
  public boolean writable() {
    return role == MemberRole.Known.PRIMARY && state.runs() && !view.unlocked();
  }

  /** Whether it is a replica, synchronous or not, whose PostgreSQL accepts connections. */
  boolean follows() {
    return REPLICAS.contains(role) && state.runs() && server instanceof Server.Running;
  }

  static MemberStatus parse(LenientJson json) {
    LenientJson patroni = json.object("patroni");
    return new MemberStatus(
        role(json),
        state(json),
        Server.parse(json),
        PendingRestart.parse(json),
        new ClusterView(
            json.isSet("cluster_unlocked"),
            json.isSet("pause"),
            json.isSet("failsafe_mode_is_active")),
        new PatroniProcess(
            patroni.textOrEmpty("version"),
            patroni.textOrEmpty("scope"),
            patroni.textOrEmpty("name")));
  }

  /** Here a synchronous standby is a replica with a flag; the cluster's view has a role for it. */
  private static MemberRole role(LenientJson json) {
    MemberRole role = MemberRole.parse(json.textOrEmpty("role"));
    if (role != MemberRole.Known.REPLICA) {
      return role;
    }
    if (json.isSet("sync_standby")) {
      return MemberRole.Known.SYNC_STANDBY;
    }
    return json.isSet("quorum_standby") ? MemberRole.Known.QUORUM_STANDBY : role;
  }

  /**
   * Here replication has a field of its own; the cluster's view puts it in place of {@code
   * running}.
   */
  private static MemberState state(LenientJson json) {
    MemberState state = MemberState.parse(json.textOrEmpty("state"));
    return state == MemberState.Known.RUNNING
        ? json.text("replication_state").map(MemberState::parse).orElse(state)
        : state;
  }
}
