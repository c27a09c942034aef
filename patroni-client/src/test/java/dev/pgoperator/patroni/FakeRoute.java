package dev.pgoperator.patroni;

import io.vertx.core.Future;
import java.util.function.Function;

/** Sends every call to the address at which a fake member really listens. */
record FakeRoute(PatroniClient http, Function<MemberAddress, Future<MemberAddress>> route)
    implements PatroniClient {

  @Override
  public Future<MemberStatus> status(MemberAddress member) {
    return route.apply(member).compose(http::status);
  }

  @Override
  public Future<ClusterState> cluster(MemberAddress member) {
    return route.apply(member).compose(http::cluster);
  }

  @Override
  public Future<Boolean> primary(MemberAddress member) {
    return route.apply(member).compose(http::primary);
  }

  @Override
  public Future<Boolean> readiness(MemberAddress member) {
    return route.apply(member).compose(http::readiness);
  }

  @Override
  public Future<Boolean> liveness(MemberAddress member) {
    return route.apply(member).compose(http::liveness);
  }

  @Override
  public Future<DynamicConfig> config(MemberAddress member) {
    return route.apply(member).compose(http::config);
  }

  @Override
  public Future<DynamicConfig> patchConfig(MemberAddress member, ConfigPatch patch) {
    return route.apply(member).compose(at -> http.patchConfig(at, patch));
  }

  @Override
  public Future<SwitchoverResult> switchover(MemberAddress member, Switchover switchover) {
    return route.apply(member).compose(at -> http.switchover(at, switchover));
  }

  @Override
  public Future<HandOver> handOver(
      MemberAddress member, MemberAddress candidate, Switchover.Now switchover) {
    return route
        .apply(member)
        .compose(from -> route.apply(candidate).compose(to -> http.handOver(from, to, switchover)));
  }

  @Override
  public Future<Void> demoted(MemberAddress formerLeader) {
    return route.apply(formerLeader).compose(http::demoted);
  }

  @Override
  public Future<Void> cancelSwitchover(MemberAddress member) {
    return route.apply(member).compose(http::cancelSwitchover);
  }

  @Override
  public Future<RestartResult> restart(MemberAddress member, Restart restart) {
    return route.apply(member).compose(at -> http.restart(at, restart));
  }

  @Override
  public Future<Void> reload(MemberAddress member) {
    return route.apply(member).compose(http::reload);
  }

  @Override
  public Future<Void> reinitialize(MemberAddress member, Reinitialize how) {
    return route.apply(member).compose(at -> http.reinitialize(at, how));
  }
}
