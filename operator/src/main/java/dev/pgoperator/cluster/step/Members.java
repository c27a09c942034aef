package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Instance;
import dev.pgoperator.model.Instance.State;
import dev.pgoperator.model.Successor;
import dev.pgoperator.patroni.ClusterMember;
import dev.pgoperator.patroni.ClusterState;
import dev.pgoperator.patroni.DynamicConfig;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.MemberRole;
import dev.pgoperator.patroni.MemberState;
import dev.pgoperator.patroni.MemberStatus;
import dev.pgoperator.patroni.Server;
import dev.pgoperator.patroni.Switchovers;
import dev.pgoperator.patroni.SynchronousMode;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What Patroni says of a cluster's pods at one moment: each pod of itself, and the leader of the
 * whole. Decisions that interrupt somebody are made on it.
 *
 * @param each what each pod says of itself
 * @param cluster empty when no leader answered
 * @param config likewise
 */
record Members(Statuses each, Optional<ClusterState> cluster, Optional<DynamicConfig> config) {
  /** Patroni's own limit where its configuration has none (bytes). */
  private static final long LAG_LIMIT = 1024 * 1024;

  /**
   * As it is now: nothing of it is from before something that this sync did, or older than {@link
   * PatroniAnswers#RECENT} when the last question is asked, except for the time that answers take.
   */
  static Members ask(SyncContext context) {
    context.answers().forgetOld();
    Statuses each = Statuses.ask(context);
    Optional<MemberAddress> leader = each.leader().map(pod -> MemberAddress.of(pod.address()));
    if (leader.isEmpty()) {
      return new Members(each, Optional.empty(), Optional.empty());
    }
    var cluster = Statuses.soon(context.answers().cluster(leader.get()));
    var config = Statuses.soon(context.answers().config(leader.get()));
    context.turn().look("ask the leader", Future.all(cluster, config));
    return new Members(each, cluster.result(), config.result());
  }

  List<PodState> pods() {
    return each.pods();
  }

  boolean paused() {
    return cluster.filter(ClusterState::paused).isPresent();
  }

  Optional<PodState> leader() {
    return each.leader();
  }

  Optional<PodState> pod(String name) {
    return pods().stream().filter(pod -> pod.name().equals(name)).findFirst();
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
    MemberStatus said = each.byPod().get(pod.name());
    if (said == null || !pod.reachable()) {
      return State.STARTING;
    }
    if (each.leads(pod)) {
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
        || each.leaderServer()
            .filter(
                server ->
                    server.replication().stream()
                        .anyMatch(
                            one ->
                                one.application().equals(pod.name())
                                    && one.state().equals("streaming")))
            .isPresent();
  }

  private long lag(MemberStatus said) {
    return each.leaderServer().map(Server.Running::wal).map(Members::position).orElse(0L)
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
    return pods().stream().map(pod -> new Instance(pod.name(), state(pod), old.test(pod))).toList();
  }

  /** In synchronous mode, the pod fit for the purpose that Patroni lets take over. */
  Optional<PodState> synchronousStandby(Predicate<PodState> fit) {
    boolean waits =
        config.filter(dynamic -> dynamic.synchronousMode() != SynchronousMode.OFF).isPresent();
    return waits && successor(fit) instanceof Successor.Found(var name)
        ? pod(name)
        : Optional.empty();
  }

  /** Whether commits wait for it and Patroni does not say yet that they do. */
  boolean isBecomingStandby(PodState pod) {
    boolean waits =
        config.filter(dynamic -> dynamic.synchronousMode() == SynchronousMode.ON).isPresent();
    boolean waitedFor =
        each.leaderServer().stream()
            .flatMap(server -> server.replication().stream())
            .anyMatch(
                one -> one.application().equals(pod.name()) && one.syncState().equals("sync"));
    boolean said =
        cluster.stream()
            .flatMap(state -> state.members().stream())
            .filter(member -> member.name().equals(pod.name()))
            .anyMatch(member -> member.role() == MemberRole.Known.SYNC_STANDBY);
    return waits && waitedFor && !said;
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
