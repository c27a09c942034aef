package dev.pgoperator.cluster.step;

import dev.pgoperator.patroni.ClusterState;
import dev.pgoperator.patroni.DynamicConfig;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.MemberStatus;
import dev.pgoperator.patroni.PatroniClient;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What Patroni has said in one sync, so that its steps share the answers: each member is asked the
 * same thing once, until a step does something that changes members. Then what was said holds no
 * longer, and the next step asks anew. A failure is an answer too. Thread-safe, because orders may
 * end after the sync that gave them.
 */
public final class PatroniAnswers {
  /** What interrupts somebody is decided on answers that are no older. */
  static final Duration RECENT = Duration.ofSeconds(2);

  private final PatroniClient patroni;
  private final InstantSource clock;
  // What follows is guarded by this.
  private final Map<MemberAddress, Future<MemberStatus>> statuses = new HashMap<>();
  private final Map<MemberAddress, Future<ClusterState>> clusters = new HashMap<>();
  private final Map<MemberAddress, Future<DynamicConfig>> configs = new HashMap<>();
  private Optional<Instant> oldest = Optional.empty();

  PatroniAnswers(PatroniClient patroni, InstantSource clock) {
    this.patroni = patroni;
    this.clock = clock;
  }

  /** What the member says of itself; see {@link PatroniClient#status}. */
  synchronized Future<MemberStatus> status(MemberAddress member) {
    return said(statuses, member, patroni::status);
  }

  /** The cluster as this member sees it; see {@link PatroniClient#cluster}. */
  synchronized Future<ClusterState> cluster(MemberAddress member) {
    return said(clusters, member, patroni::cluster);
  }

  /** The dynamic configuration as this member reads it; see {@link PatroniClient#config}. */
  synchronized Future<DynamicConfig> config(MemberAddress member) {
    return said(configs, member, patroni::config);
  }

  private <T> Future<T> said(
      Map<MemberAddress, Future<T>> known,
      MemberAddress member,
      Function<MemberAddress, Future<T>> question) {
    return known.computeIfAbsent(
        member,
        one -> {
          oldest = oldest.or(() -> Optional.of(clock.instant()));
          return question.apply(one);
        });
  }

  /**
   * Tells Patroni to change something. What was said before it, or while it is carried out, holds
   * no longer.
   */
  <T> Future<T> order(Function<PatroniClient, Future<T>> order) {
    forget();
    return order.apply(patroni).onComplete(end -> forget());
  }

  /** For a step that has changed members in another way than by an order to Patroni. */
  synchronized void forget() {
    statuses.clear();
    clusters.clear();
    configs.clear();
    oldest = Optional.empty();
  }

  /** Before a decision that interrupts somebody: keeps answers only if they are recent. */
  synchronized void forgetOld() {
    Instant now = clock.instant();
    // Either way, should the clock have been set.
    if (oldest
        .filter(asked -> Duration.between(asked, now).abs().compareTo(RECENT) > 0)
        .isPresent()) {
      forget();
    }
  }
}
