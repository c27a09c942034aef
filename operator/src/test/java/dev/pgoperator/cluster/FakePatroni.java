package dev.pgoperator.cluster;

import dev.pgoperator.patroni.ClusterMember;
import dev.pgoperator.patroni.ClusterState;
import dev.pgoperator.patroni.ConfigPatch;
import dev.pgoperator.patroni.DynamicConfig;
import dev.pgoperator.patroni.HandOver;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.MemberRole;
import dev.pgoperator.patroni.MemberState;
import dev.pgoperator.patroni.MemberStatus;
import dev.pgoperator.patroni.PatroniClient;
import dev.pgoperator.patroni.PendingRestart;
import dev.pgoperator.patroni.PlannedSwitchover;
import dev.pgoperator.patroni.Reinitialize;
import dev.pgoperator.patroni.Restart;
import dev.pgoperator.patroni.RestartResult;
import dev.pgoperator.patroni.Server;
import dev.pgoperator.patroni.Switchover;
import dev.pgoperator.patroni.SwitchoverResult;
import dev.pgoperator.patroni.SynchronousMode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The Patroni of one cluster: who leads, who streams, who waits for a restart; and what it was
 * told.
 */
final class FakePatroni implements PatroniClient {
  private final Map<String, FakeMember> byHost = new LinkedHashMap<>();
  private final Map<String, Promise<Void>> demotions = new HashMap<>();
  private final List<String> orders = new ArrayList<>();
  private JsonObject config =
      new JsonObject("{\"failsafe_mode\": false, \"postgresql\": {\"parameters\": {}}}");
  private List<Server.Replication> waitedFor = List.of();
  private int major = 17;
  private int requests;
  private Runnable afterLook = () -> {};
  private final List<String> questions = new ArrayList<>();
  private Runnable eachQuestion = () -> {};
  private Future<Void> nextLook = Future.succeededFuture();
  private Optional<Promise<Void>> asked = Optional.empty();
  private Optional<Future<HandOver>> nextHandOver = Optional.empty();

  void leads(String host, String name) {
    set(host, name, MemberRole.Known.PRIMARY, MemberState.Known.RUNNING);
  }

  void streams(String host, String name) {
    set(host, name, MemberRole.Known.REPLICA, MemberState.Known.STREAMING);
  }

  /** Commits wait for this member alone. */
  void isWaitedFor(String name) {
    willBeWaitedFor(name);
    byHost.replaceAll((host, one) -> one.role().leads() ? one : one.waitedFor(name));
  }

  /** The same, only that Patroni has not written it down yet. */
  void willBeWaitedFor(String name) {
    config = config.copy().put("synchronous_mode", true);
    waitedFor = List.of(new Server.Replication(name, "", "streaming", "sync"));
  }

  /** Whoever asks for the cluster next hears nothing before that, or fails with it. */
  void theNextLookWaitsFor(Future<Void> event) {
    nextLook = event;
  }

  /** Happens after it was asked for the cluster the next time. */
  void afterTheNextLook(Runnable change) {
    afterLook = change;
  }

  void starts(String host, String name) {
    set(host, name, MemberRole.Known.REPLICA, MemberState.Known.STARTING);
  }

  private void set(String host, String name, MemberRole role, MemberState state) {
    FakeMember now = new FakeMember(name, role, state, new PendingRestart.NotNeeded());
    byHost.put(host, now);
    if (now.follows()) {
      Optional.ofNullable(demotions.remove(host)).ifPresent(Promise::complete);
    }
  }

  void gone(String host) {
    byHost.remove(host);
  }

  /** Every member says that this parameter waits for a restart. */
  void waitForRestart(String parameter, String from, String to) {
    var pending = new PendingRestart.Needed(Map.of(parameter, new PendingRestart.Change(from, to)));
    byHost.replaceAll((host, one) -> one.waitingFor(pending));
  }

  /** This member alone says so. */
  void waitsForRestart(String member, String parameter, String from, String to) {
    var pending = new PendingRestart.Needed(Map.of(parameter, new PendingRestart.Change(from, to)));
    byHost.replaceAll((host, one) -> one.name().equals(member) ? one.waitingFor(pending) : one);
  }

  /** The next switchover does not end by itself, but as this. */
  void nextHandOver(Future<HandOver> end) {
    nextHandOver = Optional.of(end);
  }

  /**
   * From now on questions for the configuration are heard and never answered.
   *
   * @return done when one has been asked
   */
  Future<Void> fallSilent() {
    Promise<Void> heard = Promise.promise();
    asked = Optional.of(heard);
    return heard.future();
  }

  /** Of the data of all members. */
  void majorVersion(int version) {
    major = version;
  }

  List<String> orders() {
    return orders;
  }

  @Override
  public Future<MemberStatus> status(MemberAddress member) {
    asked("status", member);
    return at(member).map(one -> one.status(major, waitedFor));
  }

  @Override
  public Future<ClusterState> cluster(MemberAddress member) {
    asked("cluster", member);
    Future<Void> event = nextLook;
    nextLook = Future.succeededFuture();
    return event.compose(go -> look(member));
  }

  private Future<ClusterState> look(MemberAddress member) {
    List<ClusterMember> members = byHost.values().stream().map(FakeMember::inCluster).toList();
    Runnable change = afterLook;
    afterLook = () -> {};
    change.run();
    return at(member)
        .map(one -> new ClusterState("orders", members, false, new PlannedSwitchover.NotPlanned()));
  }

  @Override
  public Future<HandOver> handOver(
      MemberAddress member, MemberAddress candidate, Switchover.Now switchover) {
    orders.add("switchover " + switchover.leader() + " to " + switchover.candidate());
    if (nextHandOver.isPresent()) {
      Future<HandOver> end = nextHandOver.get();
      nextHandOver = Optional.empty();
      return end;
    }
    FakeMember heir = Objects.requireNonNull(byHost.get(candidate.host()));
    if (DynamicConfig.of(config).synchronousMode() != SynchronousMode.OFF
        && heir.role() != MemberRole.Known.SYNC_STANDBY) {
      return Future.failedFuture("candidate name does not match with sync_standby");
    }
    streams(member.host(), switchover.leader());
    leads(candidate.host(), switchover.candidate());
    return Future.succeededFuture(new HandOver("switched over", Duration.ofMillis(700)));
  }

  /**
   * Ends when the member runs as a replica; the time after which nobody waits for it never comes.
   */
  @Override
  public Future<Void> demoted(MemberAddress formerLeader) {
    boolean follows =
        Optional.ofNullable(byHost.get(formerLeader.host()))
            .filter(FakeMember::follows)
            .isPresent();
    return follows
        ? Future.succeededFuture()
        : demotions.computeIfAbsent(formerLeader.host(), host -> Promise.promise()).future();
  }

  @Override
  public Future<RestartResult> restart(MemberAddress member, Restart restart) {
    return at(member)
        .map(
            one -> {
              orders.add("restart " + one.name());
              set(member.host(), one.name(), one.role(), one.state());
              return RestartResult.RESTARTED;
            });
  }

  @Override
  public Future<DynamicConfig> config(MemberAddress member) {
    asked("config", member);
    if (asked.isPresent()) {
      asked.get().tryComplete();
      return Promise.<DynamicConfig>promise().future();
    }
    return at(member).map(one -> DynamicConfig.of(config));
  }

  @Override
  public Future<DynamicConfig> patchConfig(MemberAddress member, ConfigPatch patch) {
    config = config.copy().mergeIn(patch.body(), true);
    questions.add("patch");
    return at(member).map(one -> DynamicConfig.of(config));
  }

  @Override
  public Future<Boolean> primary(MemberAddress member) {
    return at(member).map(one -> one.role() == MemberRole.Known.PRIMARY);
  }

  @Override
  public Future<Boolean> readiness(MemberAddress member) {
    return at(member).map(one -> one.state().runs());
  }

  @Override
  public Future<Boolean> liveness(MemberAddress member) {
    return at(member).map(one -> true);
  }

  @Override
  public Future<SwitchoverResult> switchover(MemberAddress member, Switchover switchover) {
    return Future.failedFuture("only handed over");
  }

  @Override
  public Future<Void> cancelSwitchover(MemberAddress member) {
    return at(member).mapEmpty();
  }

  @Override
  public Future<Void> reload(MemberAddress member) {
    return at(member).mapEmpty();
  }

  @Override
  public Future<Void> reinitialize(MemberAddress member, Reinitialize how) {
    return at(member).mapEmpty();
  }

  /** How often it was asked or told anything. */
  int requests() {
    return requests;
  }

  /** What members, the cluster and the configuration were asked and told, in this order. */
  List<String> questions() {
    return questions;
  }

  /** Happens whenever a question is asked, such as that time passes. */
  void withEachQuestion(Runnable action) {
    eachQuestion = action;
  }

  private void asked(String what, MemberAddress member) {
    eachQuestion.run();
    questions.add(
        what
            + " "
            + Optional.ofNullable(byHost.get(member.host()))
                .map(FakeMember::name)
                .orElse("nobody"));
  }

  private Future<FakeMember> at(MemberAddress address) {
    requests++;
    return Optional.ofNullable(byHost.get(address.host()))
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture("nobody at " + address));
  }
}
