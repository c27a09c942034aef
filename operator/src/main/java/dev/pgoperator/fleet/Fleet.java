package dev.pgoperator.fleet;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.ClusterVerticle;
import dev.pgoperator.cluster.ClusterVerticle.Rest;
import dev.pgoperator.cluster.ClusterVerticle.Work;
import dev.pgoperator.cluster.Mailbox;
import dev.pgoperator.cluster.Pending;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.pace.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Knows every cluster and passes triggers on: into the mailbox first, then a ring on the event bus.
 * A verticle is deployed when a cluster is first heard of, stopped when nothing has happened to it
 * for a while, and deployed anew with the next trigger. Thread-safe.
 */
public final class Fleet {
  /** After that without a trigger a cluster is not worth a verticle. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final Vertx vertx;
  private final Limits limits;
  private final BiFunction<Fleet, Mailbox, Work> workOf;
  private final Duration idle;
  private final Deployments deployments;

  // All changes of a member and of its mailbox exclude each other through this map, so that no
  // trigger is lost in a mailbox for which nobody works any more.
  private final Map<ClusterId, Member> members = new ConcurrentHashMap<>();

  /** With two minutes until a cluster sleeps. */
  public Fleet(Vertx vertx, Limits limits, BiFunction<Fleet, Mailbox, Work> workOf) {
    this(vertx, limits, workOf, IDLE);
  }

  /**
   * To be made outside of any verticle.
   *
   * @param workOf makes the work of a cluster from its mailbox, once; may call {@link #forget} when
   *     the cluster is gone
   * @param idle without a trigger, until a cluster's verticle is stopped
   */
  public Fleet(Vertx vertx, Limits limits, BiFunction<Fleet, Mailbox, Work> workOf, Duration idle) {
    this.vertx = vertx;
    this.limits = limits;
    this.workOf = workOf;
    this.idle = idle;
    this.deployments = new Deployments(vertx);
  }

  /** Tells a cluster to look at itself; a cluster that nobody knows yet is taken up. */
  public void tell(ClusterId id, Trigger trigger) {
    Member told =
        members.compute(id, (name, known) -> merged(known == null ? begun(name) : known, trigger));
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

  /** Those that have a verticle now. */
  long awake() {
    return members.values().stream().filter(Member.Awake.class::isInstance).count();
  }

  private Member merged(Member member, Trigger trigger) {
    member.mailbox().merge(trigger);
    return switch (member) {
      case Member.Awake awake -> awake;
      case Member.Asleep(var mailbox, var work) -> awake(mailbox, work);
    };
  }

  private @Nullable Member stopped(Member member) {
    switch (member) {
      case Member.Awake awake -> stop(awake);
      case Member.Asleep _ -> {}
    }
    return null;
  }

  private void stop(Member.Awake member) {
    deployments.stop(member.mailbox().id(), member.deployment());
  }

  /**
   * Whether the verticle that works for a mailbox is given up: not while something waits in it. One
   * whose cluster was forgotten, and perhaps made anew, is given up already.
   */
  private boolean mayRest(Mailbox mailbox) {
    Member now =
        members.computeIfPresent(
            mailbox.id(),
            (id, known) ->
                known instanceof Member.Awake awake
                        && worksFor(awake, mailbox)
                        && mailbox.waiting().isEmpty()
                    ? asleep(awake)
                    : known);
    return !(now instanceof Member.Awake awake && worksFor(awake, mailbox));
  }

  private static boolean worksFor(Member.Awake member, Mailbox mailbox) {
    return member.mailbox() == mailbox;
  }

  private Member asleep(Member.Awake member) {
    stop(member);
    return new Member.Asleep(member.mailbox(), member.work());
  }

  private void ring(Member member, Trigger trigger) {
    var headers =
        new DeliveryOptions()
            .addHeader("trigger", trigger.kind())
            .addHeader("at", Long.toString(System.currentTimeMillis()));
    vertx.eventBus().publish(member.mailbox().address(), "", headers);
  }

  private Member begun(ClusterId id) {
    Mailbox mailbox = new Mailbox(id);
    return awake(mailbox, workOf.apply(this, mailbox));
  }

  private Member awake(Mailbox mailbox, Work work) {
    var rest = new Rest(idle, () -> mayRest(mailbox));
    var verticle = new ClusterVerticle(mailbox, work, limits, rest);
    return new Member.Awake(mailbox, work, deployments.start(mailbox.id(), verticle));
  }
}
