package dev.pgoperator.patroni;

import io.vertx.core.Future;

/**
 * Questions and orders to single Patroni members. A failed future holds a {@link PatroniFailure};
 * no method throws. Every call is sent at most once, has a deadline, and reads a bounded answer.
 */
public interface PatroniClient {

  /** What the member says about itself. Answers also while PostgreSQL is down. */
  Future<MemberStatus> status(MemberAddress member);

  /** The cluster as this member sees it in the state store; any member can be asked. */
  Future<ClusterState> cluster(MemberAddress member);

  /** Whether the member holds the leader lock and runs as primary, so that it accepts writes. */
  Future<Boolean> primary(MemberAddress member);

  /** Whether PostgreSQL is up and has caught up with its leader (Patroni's readiness probe). */
  Future<Boolean> readiness(MemberAddress member);

  /** Whether Patroni's own loop is alive (Patroni's liveness probe). */
  Future<Boolean> liveness(MemberAddress member);

  /**
   * The cluster's dynamic configuration; any member can be asked. Before the first primary has
   * bootstrapped it is not {@linkplain DynamicConfig#initialised() initialised}.
   */
  Future<DynamicConfig> config(MemberAddress member);

  /**
   * Changes the cluster's dynamic configuration; any member can be asked. An empty patch is sent
   * too: ask {@link ConfigPatch#isEmpty()} before.
   *
   * @return the configuration afterwards; members take it up within one round of their loops
   */
  Future<DynamicConfig> patchConfig(MemberAddress member, ConfigPatch patch);

  /**
   * Hands the leader's role over; to be sent to the leader. See {@link
   * PatroniFailure#mayHaveArrived()}.
   */
  Future<SwitchoverResult> switchover(MemberAddress member, Switchover switchover);

  /**
   * The same at once, while both members are watched: tells also for how long nobody accepted
   * writes.
   *
   * @param member the leader that steps down
   * @param candidate the member that takes over
   */
  Future<HandOver> handOver(
      MemberAddress member, MemberAddress candidate, Switchover.Now switchover);

  /**
   * Ends when a member that led until now runs as a replica and accepts connections, which is some
   * time after the switchover; or after {@link PatroniTimeouts#demotion()}. Never fails: a member
   * that does not answer is no replica yet.
   */
  Future<Void> demoted(MemberAddress formerLeader);

  /** Forgets a scheduled switchover; succeeds also when none was scheduled. */
  Future<Void> cancelSwitchover(MemberAddress member);

  /** Restarts the PostgreSQL of this member and waits until it accepts connections. */
  Future<RestartResult> restart(MemberAddress member, Restart restart);

  /**
   * Lets the member read its configuration files again. Patroni does so within one round of its
   * loop.
   */
  Future<Void> reload(MemberAddress member);

  /**
   * Lets a replica throw its data away and copy it anew; ends when Patroni has begun. Patroni
   * refuses it for a leader.
   */
  Future<Void> reinitialize(MemberAddress member, Reinitialize how);
}
