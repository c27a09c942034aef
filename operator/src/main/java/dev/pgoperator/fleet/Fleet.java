package dev.pgoperator.fleet;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.api.Origin;
import dev.pgoperator.cluster.ClusterVerticle;
import dev.pgoperator.cluster.ClusterVerticle.Rest;
import dev.pgoperator.cluster.ClusterVerticle.Work;
import dev.pgoperator.cluster.Mailbox;
import dev.pgoperator.cluster.Pending;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.pace.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Knows every cluster and passes triggers on: into the mailbox first, then a ring on the event bus.
 * A verticle is deployed when a cluster is first heard of, stopped when nothing has happened to it
 * for a while, and deployed anew with the next trigger. Of clusters that another process works for
 * the mailbox is kept, so that they can be taken up at once. Thread-safe.
 */
public final class Fleet {
  /** After that without a trigger a cluster is not worth a verticle. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final Vertx vertx;
  private final Limits limits;
  private final BiFunction<Fleet, Mailbox, Work> workOf;
  private final Share share;
  private final Duration idle;
  private final Deployments deployments;

  // All changes of a member and of its mailbox exclude each other through this map, so that no
  // trigger is lost in a mailbox for which nobody works any more.
  private final Map<ClusterId, Member> members = new ConcurrentHashMap<>();

  /** With two minutes until a cluster sleeps; every cluster is ours. */
  public Fleet(Vertx vertx, Limits limits, BiFunction<Fleet, Mailbox, Work> workOf) {
    this(vertx, limits, workOf, IDLE);
  }

  /** Every cluster is ours. */
  public Fleet(Vertx vertx, Limits limits, BiFunction<Fleet, Mailbox, Work> workOf, Duration idle) {
    this(vertx, limits, Share.ALL, workOf, idle);
  }

  /** With two minutes until a cluster sleeps. */
  public Fleet(Vertx vertx, Limits limits, Share share, BiFunction<Fleet, Mailbox, Work> workOf) {
    this(vertx, limits, share, workOf, IDLE);
  }

  /**
   * To be made outside of any verticle.
   *
   * @param share says which clusters are ours; see {@link #takeUp} and {@link #letGo}
   * @param workOf makes the work of a cluster from its mailbox, once for each time that it is ours;
   *     may call {@link #forget} when the cluster is gone
   * @param idle without a trigger, until a cluster's verticle is stopped
   */
  private Fleet(
      Vertx vertx,
      Limits limits,
      Share share,
      BiFunction<Fleet, Mailbox, Work> workOf,
      Duration idle) {
    this.vertx = vertx;
    this.limits = limits;
    this.share = share;
    this.workOf = workOf;
    this.idle = idle;
    this.deployments = new Deployments(vertx);
  }

  /** Tells a cluster to look at itself; a cluster that nobody knows yet is taken up. */
  public void tell(ClusterId id, Trigger trigger) {
    Member told = members.compute(id, (name, known) -> merged(orNew(name, known), trigger));
    ring(told, trigger.kind());
  }

  /** Tells a cluster that is known: a pod or an object alone does not make a cluster. */
  public void tellIfKnown(ClusterId id, Trigger trigger) {
    Member told = members.computeIfPresent(id, (name, known) -> merged(known, trigger));
    if (told != null) {
      ring(told, trigger.kind());
    }
  }

  /** The manifest of a known cluster as it is now; nothing of it is to be acted on. */
  public void note(Manifest manifest) {
    Optional.ofNullable(members.get(manifest.id()))
        .ifPresent(known -> known.mailbox().note(manifest));
  }

  /**
   * Works from now on for a cluster that another process has worked for.
   *
   * @param unfinished what was deleted and of which something is left
   */
  public void takeUp(ClusterId id, Optional<Origin> unfinished) {
    Member taken =
        members.compute(
            id,
            (name, known) -> {
              Member member = withoutStale(orNew(name, known));
              member.mailbox().takeUp(unfinished);
              return awake(member);
            });
    ring(taken, "take-over");
  }

  /**
   * Does not work for a cluster any more, whose {@link Share} has to say so already. What runs
   * gives way, and is interrupted when it does not in time.
   *
   * @return done when nothing runs
   */
  public Future<Void> letGo(ClusterId id, Duration patience) {
    List<Future<Void>> stopping = new ArrayList<>(); // one or none
    members.computeIfPresent(
        id,
        (name, known) -> {
          if (known instanceof Member.Awake awake) {
            stopping.add(deployments.release(awake, patience));
          }
          return new Member.Elsewhere(known.mailbox());
        });
    return Future.join(stopping).mapEmpty();
  }

  /**
   * Forgets a cluster that another process has torn down: there is nothing to take up.
   *
   * @param released whether its manifest was let go, which comes last where one is held
   */
  public void wasTornDown(ClusterId id, boolean released) {
    members.computeIfPresent(
        id,
        (name, known) ->
            known instanceof Member.Elsewhere(var mailbox)
                    && share.of(id).isEmpty()
                    && mailbox.newest().isEmpty()
                    && (released || !mailbox.awaitsRelease())
                ? null
                : known);
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

  /** What the manifest of a cluster says that another process works for; empty when it is ours. */
  Optional<ClusterStatus> elsewhere(ClusterId id) {
    return members.get(id) instanceof Member.Elsewhere(var mailbox)
        ? mailbox.newest().map(manifest -> manifest.origin().status())
        : Optional.empty();
  }

  private static Member orNew(ClusterId id, @Nullable Member known) {
    return known == null ? new Member.Elsewhere(new Mailbox(id)) : known;
  }

  private Member merged(Member member, Trigger trigger) {
    member.mailbox().merge(trigger);
    return awake(member);
  }

  /** One that began just when its cluster was let go works no more, and must not stay. */
  private Member withoutStale(Member member) {
    if (!member.isStale()) {
      return member;
    }
    stopped(member);
    return new Member.Elsewhere(member.mailbox());
  }

  /** With a verticle, if it is ours. */
  private Member awake(Member member) {
    return switch (member) {
      case Member.Awake awake -> awake;
      case Member.Asleep(var post) -> awake(post);
      case Member.Elsewhere(var mailbox) ->
          share
              .of(mailbox.id())
              .map(ours -> awake(new Member.Post(mailbox, workOf.apply(this, mailbox), ours)))
              .orElse(member);
    };
  }

  private Member awake(Member.Post post) {
    var rest = new Rest(idle, () -> mayRest(post));
    var verticle = new ClusterVerticle(post.mailbox(), post.work(), limits, rest, post.ours());
    return new Member.Awake(post, verticle, deployments.start(post.mailbox().id(), verticle));
  }

  private @Nullable Member stopped(Member member) {
    switch (member) {
      case Member.Awake awake -> stop(awake);
      case Member.Asleep _, Member.Elsewhere _ -> {}
    }
    return null;
  }

  private void stop(Member.Awake member) {
    deployments.stop(member.mailbox().id(), member.deployment());
  }

  /**
   * Whether the verticle that works on a post is given up: not while something waits in its
   * mailbox. One whose cluster was forgotten or let go, and perhaps taken up anew, is given up
   * already.
   */
  private boolean mayRest(Member.Post post) {
    Member now =
        members.computeIfPresent(
            post.mailbox().id(),
            (id, known) ->
                known instanceof Member.Awake awake
                        && worksOn(awake, post)
                        && post.mailbox().waiting().isEmpty()
                    ? asleep(awake)
                    : known);
    return !(now instanceof Member.Awake awake && worksOn(awake, post));
  }

  private static boolean worksOn(Member.Awake member, Member.Post post) {
    return member.mailbox() == post.mailbox() && post.ours().getAsBoolean();
  }

  private Member asleep(Member.Awake member) {
    stop(member);
    return new Member.Asleep(member.post());
  }

  private void ring(Member member, String kind) {
    if (member instanceof Member.Awake) {
      var headers =
          new DeliveryOptions()
              .addHeader("trigger", kind)
              .addHeader("at", Long.toString(System.currentTimeMillis()));
      vertx.eventBus().publish(member.mailbox().address(), "", headers);
    }
  }
}
