package dev.pgoperator.patroni;

import java.util.List;
import java.util.Optional;

/**
 * The whole cluster as one member sees it in the state store: {@code GET /cluster}.
 *
 * @param scope the cluster's name; empty for a Patroni that does not say it
 * @param members in Patroni's order
 * @param paused automatic failover is switched off
 * @param planned the switchover that was scheduled, if any
 */
public record ClusterState(
    String scope, List<ClusterMember> members, boolean paused, PlannedSwitchover planned) {
  public ClusterState {
    members = List.copyOf(members);
  }

  /** The primary, or the leader of a standby cluster; nobody while the cluster has no leader. */
  public Optional<ClusterMember> leader() {
    return members.stream().filter(member -> member.role().leads()).findFirst();
  }

  public Optional<ClusterMember> member(String name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  static ClusterState parse(LenientJson json) {
    return new ClusterState(
        json.textOrEmpty("scope"),
        json.objects("members").stream().map(ClusterMember::parse).toList(),
        json.isSet("pause"),
        PlannedSwitchover.parse(json));
  }
}
