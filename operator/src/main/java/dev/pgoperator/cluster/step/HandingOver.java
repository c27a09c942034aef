package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.RoleSet;
import dev.pgoperator.model.Roles;
import dev.pgoperator.patroni.HandOver;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.PatroniClient;
import dev.pgoperator.patroni.Switchover;
import dev.pgoperator.patroni.Switchovers;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A planned switchover: a checkpoint, so that the former primary stops quickly; then Patroni's own
 * switchover to one candidate, while the time without a primary is measured. It is over when the
 * former primary runs as a replica, because a pod that goes while its server starts may hang
 * (decision 0030). Ordered once; what came of it is seen by looking at the cluster again.
 */
final class HandingOver {
  private static final Logger LOG = LoggerFactory.getLogger(HandingOver.class);
  private static final String REASON = "Switchover";
  private static final long PATIENCE_MILLIS = 2_000;

  private HandingOver() {}

  /** Gives the order and comes back at once. */
  static Outcome begin(SyncContext context, PodState leader, PodState successor) {
    MemberAddress former = MemberAddress.of(leader.address());
    String what = "switchover from " + leader.name() + " to " + successor.name();
    Future<Void> over =
        checkpoint(context, leader)
            .compose(done -> objection(context, former, successor))
            .compose(
                objection ->
                    objection
                        .map(why -> leave(what, why))
                        .orElseGet(() -> order(context, leader, successor, what)));
    return context.memory().underway().begin(REASON, what, over);
  }

  /** Tells people only now: a switchover that is not ordered has not begun. */
  private static Future<Void> order(
      SyncContext context, PodState leader, PodState successor, String what) {
    context.journal().tell(REASON, what + " begins");
    MemberAddress former = MemberAddress.of(leader.address());
    PatroniClient patroni = context.ports().patroni();
    return patroni
        .handOver(
            former,
            MemberAddress.of(successor.address()),
            new Switchover.Now(leader.name(), successor.name()))
        .onSuccess(end -> context.journal().tell(REASON, what + " succeeded; " + gap(end)))
        .onFailure(
            failure -> context.journal().warn(REASON, what + " failed: " + failure.getMessage()))
        .compose(end -> patroni.demoted(former));
  }

  /** Ends as if it had been carried out: the next sync looks at the cluster and decides anew. */
  private static Future<Void> leave(String what, String why) {
    LOG.info("{} is not ordered: {}", what, why);
    return Future.succeededFuture();
  }

  /**
   * Why Patroni would refuse the successor now, after a checkpoint that may have taken seconds.
   * Empty when nothing speaks against it, or the leader does not answer.
   */
  private static Future<Optional<String>> objection(
      SyncContext context, MemberAddress leader, PodState successor) {
    var cluster = context.ports().patroni().cluster(leader);
    var config = context.ports().patroni().config(leader);
    return Future.all(cluster, config)
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .map(
            both ->
                switch (Switchovers.candidate(
                    cluster.result(),
                    config.result().synchronousMode(),
                    member -> member.name().equals(successor.name()))) {
                  case Switchovers.Candidate.Found _ -> Optional.<String>empty();
                  case Switchovers.Candidate.None(var why) -> Optional.of(why);
                })
        .otherwise(Optional.empty());
  }

  private static String gap(HandOver end) {
    return end.gap().isZero()
        ? "how long nobody accepted writes was not seen"
        : "nobody accepted writes for " + end.gap().toMillis() + " ms";
  }

  /** Only makes the switchover shorter, so one that fails stops nothing. */
  private static Future<Void> checkpoint(SyncContext context, PodState leader) {
    if (!context.blueprint().config().operator().scope().databaseAccess()
        || context.cluster().spec().isStandby()) {
      return Future.succeededFuture();
    }
    RoleSet roles = Roles.of(context.blueprint());
    String superuser = context.blueprint().config().roles().system().superuser();
    var login =
        SyncDatabase.endpoint(leader, superuser, Credentials.observe(context, roles.credentials()));
    return context
        .ports()
        .postgres()
        .checkpoint(login)
        .recover(
            failure -> {
              LOG.warn("switchover without a checkpoint: {}", failure.getMessage());
              return Future.succeededFuture();
            });
  }
}
