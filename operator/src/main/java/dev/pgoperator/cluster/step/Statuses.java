package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.MemberStatus;
import dev.pgoperator.patroni.Server;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What each pod's Patroni says of itself. Enough to see whether there is something to do; what
 * interrupts somebody is decided on {@link Members}.
 *
 * @param byPod by the pod's name, those that answered
 */
record Statuses(List<PodState> pods, Map<String, MemberStatus> byPod) {
  private static final long PATIENCE_MILLIS = 2_000;

  Statuses {
    pods = List.copyOf(pods);
    byPod = Map.copyOf(byPod);
  }

  /**
   * As it was said in this sync since a step last changed members. Asks all at the same time, so
   * that one that hangs costs no more than the patience.
   */
  static Statuses ask(SyncContext context) {
    return ask(context, pod -> true);
  }

  /**
   * The same of those that have a role. A Patroni that has just begun to listen may take seconds
   * before it answers, and would hold up news of a cluster that is ready meanwhile; it gives its
   * pod a role with its first loop, which is an event.
   */
  static Statuses askThoseWithRole(SyncContext context) {
    return ask(context, pod -> !pod.role().isEmpty());
  }

  private static Statuses ask(SyncContext context, Predicate<PodState> whom) {
    List<PodState> pods = context.pods();
    Map<String, Future<Optional<MemberStatus>>> asked = new HashMap<>();
    for (PodState pod : pods) {
      if (pod.reachable() && whom.test(pod)) {
        asked.put(pod.name(), soon(context.answers().status(MemberAddress.of(pod.address()))));
      }
    }
    context.turn().look("ask the members", Future.all(List.copyOf(asked.values())));
    Map<String, MemberStatus> byPod = new HashMap<>();
    asked.forEach((name, answer) -> answer.result().ifPresent(said -> byPod.put(name, said)));
    return new Statuses(pods, byPod);
  }

  /** The answer, or empty when there is none within the patience. */
  static <T> Future<Optional<T>> soon(Future<T> answer) {
    return answer
        .map(Optional::of)
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .otherwise(silence -> Optional.empty());
  }

  boolean leads(PodState pod) {
    return Optional.ofNullable(byPod.get(pod.name()))
        .filter(said -> said.role().leads() && said.server() instanceof Server.Running)
        .isPresent();
  }

  Optional<PodState> leader() {
    return pods.stream().filter(this::leads).findFirst();
  }

  /** The leader's PostgreSQL, while a leader answers. */
  Optional<Server.Running> leaderServer() {
    return leader()
        .map(pod -> byPod.get(pod.name()))
        .map(MemberStatus::server)
        .filter(Server.Running.class::isInstance)
        .map(Server.Running.class::cast);
  }

  /** Of the leader's data, while a leader answers. */
  OptionalInt majorVersion() {
    return leaderServer()
        .map(server -> OptionalInt.of(server.majorVersion()))
        .orElseGet(OptionalInt::empty);
  }
}
