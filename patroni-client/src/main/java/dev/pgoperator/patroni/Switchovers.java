package dev.pgoperator.patroni;

import java.util.Comparator;
import java.util.function.Predicate;

/** Decides who may take over from a leader. Pure: it sees only what {@code GET /cluster} said. */
public final class Switchovers {
  private static final Comparator<ClusterMember> SMALLEST_LAG =
      Comparator.comparing(ClusterMember::lag).thenComparing(ClusterMember::name);

  private Switchovers() {}

  /** Whom to hand over to. */
  public sealed interface Candidate {

    /** Why, in words for people. */
    String reason();

    record Found(ClusterMember member, String reason) implements Candidate {}

    record None(String reason) implements Candidate {}
  }

  /** Chooses among all members. */
  public static Candidate candidate(ClusterState cluster, SynchronousMode mode) {
    return candidate(cluster, mode, member -> true);
  }

  /**
   * Chooses the new leader: a synchronous standby if there is one, otherwise any running replica;
   * among equals the one with the smallest lag, then the first by name. A lag that Patroni does not
   * know counts as infinite but does not exclude. In synchronous mode only synchronous standbys are
   * candidates, because Patroni refuses all others. Members that are tagged never to lead are left
   * out.
   *
   * @param mode the cluster's {@link DynamicConfig#synchronousMode()}
   * @param eligible which members the caller allows, for example those that run the newest image
   */
  public static Candidate candidate(
      ClusterState cluster, SynchronousMode mode, Predicate<ClusterMember> eligible) {
    var replicas = cluster.members().stream().filter(member -> !member.role().leads()).toList();
    if (replicas.isEmpty()) {
      return new Candidate.None("the cluster has no replica");
    }
    var fit =
        replicas.stream()
            .filter(member -> member.state().runs() && !member.barredFromLeading())
            .filter(eligible)
            .toList();
    var synchronous =
        fit.stream().filter(member -> waitedFor(member.role(), mode)).min(SMALLEST_LAG);
    if (synchronous.isPresent()) {
      return new Candidate.Found(synchronous.get(), "synchronous standby with the smallest lag");
    }
    if (mode != SynchronousMode.OFF) {
      return new Candidate.None("synchronous mode is on and no synchronous standby is fit to lead");
    }
    return fit.stream()
        .min(SMALLEST_LAG)
        .<Candidate>map(
            member -> new Candidate.Found(member, "running replica with the smallest lag"))
        .orElseGet(() -> new Candidate.None("no replica is running and allowed to lead"));
  }

  private static boolean waitedFor(MemberRole role, SynchronousMode mode) {
    return role == MemberRole.Known.SYNC_STANDBY
        || (role == MemberRole.Known.QUORUM_STANDBY && mode == SynchronousMode.QUORUM);
  }
}
