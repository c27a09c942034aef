package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Instance;
import dev.pgoperator.model.Instance.State;
import dev.pgoperator.model.Successor;
import dev.pgoperator.patroni.ClusterMember;
import dev.pgoperator.patroni.ClusterState;
import dev.pgoperator.patroni.DynamicConfig;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.MemberState;
import dev.pgoperator.patroni.MemberStatus;
import dev.pgoperator.patroni.PatroniClient;
import dev.pgoperator.patroni.Server;
import dev.pgoperator.patroni.Switchovers;
import dev.pgoperator.patroni.SynchronousMode;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What Patroni says of a cluster's pods at one moment: each pod of itself, and the leader of the
 * whole.
 *
 * @param byPod by the pod's name, those that answered
 * @param cluster empty when no leader answered
 * @param config likewise
 */
record Members(
    List<PodState> pods,
    Map<String, MemberStatus> byPod,
    Optional<ClusterState> cluster,
    Optional<DynamicConfig> config) {
  /** Patroni's own limit where its configuration has none (bytes). */
  private static final long LAG_LIMIT = 1024 * 1024;

  private static final long PATIENCE_MILLIS = 2_000;

  /** Asks all at the same time, so that one that hangs costs no more than the patience. */
  static Members ask(SyncContext context) {
    PatroniClient patroni = context.ports().patroni();
    List<PodState> pods = context.pods();
    Map<String, Future<Optional<MemberStatus>>> asked = new HashMap<>();
    for (PodState pod : pods) {
      if (pod.reachable()) {
        asked.put(pod.name(), soon(patroni.status(MemberAddress.of(pod.address()))));
      }
    }
    context.turn().look("ask the members", Future.all(List.copyOf(asked.values())));
    Map<String, MemberStatus> byPod = new HashMap<>();
    asked.forEach((name, answer) -> answer.result().ifPresent(said -> byPod.put(name, said)));
    Optional<MemberAddress> leader =
        pods.stream()
            .filter(pod -> leads(byPod, pod))
            .map(pod -> MemberAddress.of(pod.address()))
            .findFirst();
    if (leader.isEmpty()) {
      return new Members(pods, byPod, Optional.empty(), Optional.empty());
    }
    var cluster = soon(patroni.cluster(leader.get()));
    var config = soon(patroni.config(leader.get()));
    context.turn().look("ask the leader", Future.all(cluster, config));
    return new Members(pods, byPod, cluster.result(), config.result());
  }

  private static <T> Future<Optional<T>> soon(Future<T> answer) {
    return answer
        .map(Optional::of)
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .otherwise(silence -> Optional.empty());
  }

  private static boolean leads(Map<String, MemberStatus> byPod, PodState pod) {
    return Optional.ofNullable(byPod.get(pod.name()))
        .filter(said -> said.role().leads() && said.server() instanceof Server.Running)
        .isPresent();
  }

  /** Of the leader's data, while a leader answers. */
  OptionalInt majorVersion() {
    return leaderServer()
        .map(server -> OptionalInt.of(server.majorVersion()))
        .orElseGet(OptionalInt::empty);
  }

  boolean paused() {
    return cluster.filter(ClusterState::paused).isPresent();
  }

  Optional<PodState> leader() {
    return pods.stream().filter(pod -> leads(byPod, pod)).findFirst();
  }

  Optional<PodState> pod(String name) {
    return pods.stream().filter(pod -> pod.name().equals(name)).findFirst();
  }

  /** What can be expected of a pod. */
  State state(PodState pod) {
    if (pod.health().deleting()) {
      return State.LEAVING;
    }
    boolean ended =
        pod.health().phase().equals("Failed") || pod.health().phase().equals("Succeeded");
    if (!pod.trouble().isEmpty() || ended) {
      return State.BROKEN;
    }
    MemberStatus said = byPod.get(pod.name());
    if (said == null || !pod.reachable()) {
      return State.STARTING;
    }
    if (leads(byPod, pod)) {
      return State.LEADING;
    }
    if (said.state() == MemberState.Known.CREATING_REPLICA) {
      return State.COPYING;
    }
    if (!said.state().runs() || said.role().leads()) {
      return State.STARTING;
    }
    if (!streams(pod, said) || lag(said) > limit()) {
      return State.BEHIND;
    }
    return pod.ready() && !pod.role().isEmpty() ? State.STREAMING : State.STARTING;
  }

  /** By its own word, or by that of the leader where an older Patroni does not say. */
  private boolean streams(PodState pod, MemberStatus said) {
    return said.state() == MemberState.Known.STREAMING
        || leaderServer()
            .filter(
                server ->
                    server.replication().stream()
                        .anyMatch(
                            one ->
                                one.application().equals(pod.name())
                                    && one.state().equals("streaming")))
            .isPresent();
  }

  private Optional<Server.Running> leaderServer() {
    return leader()
        .map(pod -> byPod.get(pod.name()))
        .map(MemberStatus::server)
        .filter(Server.Running.class::isInstance)
        .map(Server.Running.class::cast);
  }

  private long lag(MemberStatus said) {
    return leaderServer().map(Server.Running::wal).map(Members::position).orElse(0L)
        - (said.server() instanceof Server.Running own ? position(own.wal()) : 0);
  }

  private static long position(Server.Wal wal) {
    return switch (wal) {
      case Server.Wal.Written(long location) -> location;
      case Server.Wal.Replayed(long received, long replayed, var _) -> Math.max(received, replayed);
      case Server.Wal.NotSaid() -> 0;
    };
  }

  private long limit() {
    return config.flatMap(DynamicConfig::maximumLagOnFailover).orElse(LAG_LIMIT);
  }

  /** As decisions see them. */
  List<Instance> instances(Predicate<PodState> old) {
    return pods.stream().map(pod -> new Instance(pod.name(), state(pod), old.test(pod))).toList();
  }

  /** In synchronous mode, the pod fit for the purpose that Patroni lets take over. */
  Optional<PodState> synchronousStandby(Predicate<PodState> fit) {
    boolean waits =
        config.filter(dynamic -> dynamic.synchronousMode() != SynchronousMode.OFF).isPresent();
    return waits && successor(fit) instanceof Successor.Found(var name)
        ? pod(name)
        : Optional.empty();
  }

  /** Who would take over, among pods that stream and are fit for the purpose. */
  Successor successor(Predicate<PodState> fit) {
    if (cluster.isEmpty()) {
      return new Successor.Nobody("the leader does not tell who is there");
    }
    SynchronousMode mode = config.map(DynamicConfig::synchronousMode).orElse(SynchronousMode.OFF);
    Predicate<ClusterMember> eligible =
        member ->
            pod(member.name()).filter(pod -> state(pod) == State.STREAMING).filter(fit).isPresent();
    return switch (Switchovers.candidate(cluster.get(), mode, eligible)) {
      case Switchovers.Candidate.Found(var member, var _) -> new Successor.Found(member.name());
      case Switchovers.Candidate.None(var reason) -> new Successor.Nobody(reason);
    };
  }
}
