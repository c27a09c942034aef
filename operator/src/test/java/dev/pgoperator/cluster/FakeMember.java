package dev.pgoperator.cluster;

import dev.pgoperator.patroni.ClusterMember;
import dev.pgoperator.patroni.Lag;
import dev.pgoperator.patroni.MemberRole;
import dev.pgoperator.patroni.MemberState;
import dev.pgoperator.patroni.MemberStatus;
import dev.pgoperator.patroni.PendingRestart;
import dev.pgoperator.patroni.Server;
import java.util.List;
import java.util.Map;

/** One member of a {@link FakePatroni}, and what is said of it. */
record FakeMember(String name, MemberRole role, MemberState state, PendingRestart pending) {

  FakeMember waitedFor(String who) {
    var now = name.equals(who) ? MemberRole.Known.SYNC_STANDBY : MemberRole.Known.REPLICA;
    return new FakeMember(name, now, state, pending);
  }

  FakeMember waitingFor(PendingRestart restart) {
    return new FakeMember(name, role, state, restart);
  }

  boolean follows() {
    return !role.leads() && state.runs();
  }

  /**
   * By its own word, with data of this major version.
   *
   * @param receivers who gets WAL from it where it leads
   */
  MemberStatus status(int major, List<Server.Replication> receivers) {
    return new MemberStatus(
        role,
        state,
        state.runs()
            ? new Server.Running(
                major * 10_000 + 6, 1, wal(), role.leads() ? receivers : List.of(), "")
            : new Server.Down(),
        pending,
        new MemberStatus.ClusterView(false, false, false),
        new MemberStatus.PatroniProcess("4.0.7", "orders", name));
  }

  private Server.Wal wal() {
    return role.leads() ? new Server.Wal.Written(1000) : new Server.Wal.Replayed(1000, 1000, false);
  }

  /** By the word of the leader. */
  ClusterMember inCluster() {
    return new ClusterMember(
        name,
        role,
        state,
        new ClusterMember.Position(1, Lag.of(0)),
        new ClusterMember.Endpoints("", 0, ""),
        new ClusterMember.Notes(Map.of(), pending));
  }
}
