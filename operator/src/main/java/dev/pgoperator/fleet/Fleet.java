package dev.pgoperator.fleet;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.ClusterVerticle;
import dev.pgoperator.cluster.Mailbox;
import dev.pgoperator.cluster.Pending;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.pace.Limits;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows every cluster and passes triggers on: into the mailbox first, then a ring on the event bus.
 * A verticle is deployed when a cluster is first heard of. Thread-safe.
 */
public final class Fleet {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

  private final Vertx vertx;
  private final Limits limits;
  private final BiFunction<Fleet, Mailbox, ClusterVerticle.Work> workOf;
  private final Map<ClusterId, Member> members = new ConcurrentHashMap<>();

  private record Member(Mailbox mailbox, Future<String> deployment) {}

  /**
   * @param workOf makes the work of a cluster from its mailbox; may call {@link #forget} when the
   *     cluster is gone
   */
  public Fleet(
      Vertx vertx, Limits limits, BiFunction<Fleet, Mailbox, ClusterVerticle.Work> workOf) {
    this.vertx = vertx;
    this.limits = limits;
    this.workOf = workOf;
  }

  /** Tells a cluster to look at itself; a cluster that nobody knows yet is taken up. */
  public void tell(ClusterId id, Trigger trigger) {
    Member told =
        members.compute(id, (name, known) -> merged(known == null ? deploy(name) : known, trigger));
    ring(told, trigger);
  }

  /** Tells a cluster, if it is one of ours: a pod or an object alone does not make a cluster. */
  public void tellIfKnown(ClusterId id, Trigger trigger) {
    Member told = members.computeIfPresent(id, (name, known) -> merged(known, trigger));
    if (told != null) {
      ring(told, trigger);
    }
  }

  /**
   * Tells the cluster that an object belongs to, by the name in its label. In a namespace without
   * such a cluster it is the secret of a role that wants it there: all clusters of the name are
   * told.
   */
  public void tellOwner(ClusterId nearest, Trigger trigger) {
    if (members.containsKey(nearest)) {
      tellIfKnown(nearest, trigger);
    } else {
      members.keySet().stream()
          .filter(id -> id.name().equals(nearest.name()))
          .forEach(id -> tellIfKnown(id, trigger));
    }
  }

  /** Tells all clusters of a namespace. */
  public void tellNamespace(String namespace, Trigger trigger) {
    members.keySet().stream()
        .filter(id -> id.namespace().equals(namespace))
        .forEach(id -> tellIfKnown(id, trigger));
  }

  /**
   * Stops the verticle of a cluster whose teardown is complete, unless it was created anew
   * meanwhile.
   */
  public void forget(ClusterId id) {
    // Merging and forgetting exclude each other through the map, so no trigger is lost in a
    // forgotten mailbox.
    members.computeIfPresent(
        id, (name, known) -> known.mailbox().abandoned() ? stopped(known) : known);
  }

  /** What waits in the mailbox of a cluster, or empty when there is no such cluster. */
  Optional<Pending> waiting(ClusterId id) {
    return Optional.ofNullable(members.get(id)).map(member -> member.mailbox().waiting());
  }

  /** The clusters that are known now. */
  public Set<ClusterId> known() {
    return Set.copyOf(members.keySet());
  }

  private static Member merged(Member member, Trigger trigger) {
    member.mailbox().merge(trigger);
    return member;
  }

  private @Nullable Member stopped(Member member) {
    ClusterId id = member.mailbox().id();
    member
        .deployment()
        .compose(vertx::undeploy)
        .onFailure(failure -> LOG.warn("verticle of {} did not stop", id, failure));
    return null;
  }

  private void ring(Member member, Trigger trigger) {
    var headers =
        new DeliveryOptions()
            .addHeader("trigger", trigger.kind())
            .addHeader("at", Long.toString(System.currentTimeMillis()));
    vertx.eventBus().publish(member.mailbox().address(), "", headers);
  }

  private Member deploy(ClusterId id) {
    Mailbox mailbox = new Mailbox(id);
    var verticle = new ClusterVerticle(mailbox, workOf.apply(this, mailbox), limits);
    var options = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    return new Member(
        mailbox,
        vertx
            .deployVerticle(verticle, options)
            .onFailure(failure -> LOG.error("verticle of {} did not start", id, failure)));
  }
}
