package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Fence;
import dev.pgoperator.patroni.ClusterState;
import dev.pgoperator.patroni.ConfigPatch;
import dev.pgoperator.patroni.DynamicConfig;
import dev.pgoperator.patroni.HandOver;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.MemberStatus;
import dev.pgoperator.patroni.PatroniClient;
import dev.pgoperator.patroni.Reinitialize;
import dev.pgoperator.patroni.Restart;
import dev.pgoperator.patroni.RestartResult;
import dev.pgoperator.patroni.Switchover;
import dev.pgoperator.patroni.SwitchoverResult;
import io.vertx.core.Future;

/** Patroni, whose orders a fence lets through or not. Questions are always asked. */
record FencedPatroni(PatroniClient patroni, Fence fence) implements PatroniClient {

  @Override
  public Future<MemberStatus> status(MemberAddress member) {
    return patroni.status(member);
  }

  @Override
  public Future<ClusterState> cluster(MemberAddress member) {
    return patroni.cluster(member);
  }

  @Override
  public Future<Boolean> primary(MemberAddress member) {
    return patroni.primary(member);
  }

  @Override
  public Future<Boolean> readiness(MemberAddress member) {
    return patroni.readiness(member);
  }

  @Override
  public Future<Boolean> liveness(MemberAddress member) {
    return patroni.liveness(member);
  }

  @Override
  public Future<DynamicConfig> config(MemberAddress member) {
    return patroni.config(member);
  }

  @Override
  public Future<DynamicConfig> patchConfig(MemberAddress member, ConfigPatch patch) {
    return fence.guard("change the configuration", () -> patroni.patchConfig(member, patch));
  }

  @Override
  public Future<SwitchoverResult> switchover(MemberAddress member, Switchover switchover) {
    return fence.guard("switch over", () -> patroni.switchover(member, switchover));
  }

  @Override
  public Future<HandOver> handOver(
      MemberAddress member, MemberAddress candidate, Switchover.Now switchover) {
    return fence.guard("hand over", () -> patroni.handOver(member, candidate, switchover));
  }

  @Override
  public Future<Void> demoted(MemberAddress formerLeader) {
    return patroni.demoted(formerLeader);
  }

  @Override
  public Future<Void> cancelSwitchover(MemberAddress member) {
    return fence.guard("cancel a switchover", () -> patroni.cancelSwitchover(member));
  }

  @Override
  public Future<RestartResult> restart(MemberAddress member, Restart restart) {
    return fence.guard("restart", () -> patroni.restart(member, restart));
  }

  @Override
  public Future<Void> reload(MemberAddress member) {
    return fence.guard("reload", () -> patroni.reload(member));
  }

  @Override
  public Future<Void> reinitialize(MemberAddress member, Reinitialize how) {
    return fence.guard("reinitialize", () -> patroni.reinitialize(member, how));
  }
}
