package dev.pgoperator.shard;

import dev.pgoperator.api.ClusterId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes, renews, gives up and loses the leases of shards for one pod. Works on one thread, a step
 * whenever time has passed; what others ask of it may be asked on any thread.
 */
public final class Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

  private final LeaseNames names;
  private final String me;
  private final Circumstances around;
  private final Shifts shifts;
  private final Desk desk;
  private final Membership membership;
  private final Trouble looks = new Trouble("looking at the leases of shards");
  private final Map<Integer, Tenure> tenures = new ConcurrentHashMap<>();
  private final Promise<Void> stopped = Promise.promise();
  // What follows is touched on the keeper's thread only.
  private final Map<Integer, Hold> holds = new TreeMap<>();
  private Duration nextLook = Duration.ofSeconds(Long.MIN_VALUE / 2);
  private int taking;
  private boolean started;
  private boolean ready;
  private boolean stopping;

  /**
   * Nothing moves before {@link #start}.
   *
   * @param me who this pod is; no other pod may be the same
   */
  public Keeper(Leases leases, LeaseNames names, Identity me, Circumstances around, Shifts shifts) {
    this.names = names;
    this.me = me.value();
    this.around = around;
    this.shifts = shifts;
    this.desk = new Desk(leases, around.time(), names);
    this.membership = new Membership(desk, names.pod(this.me), this.me, around);
  }

  /** Begins to look for shards that this pod should work for. */
  public void start() {
    around.time().later(Duration.ZERO, this::begin);
  }

  private void begin() {
    started = true;
    tick();
  }

  /** This pod knows the world, so that others may give shards up for it. */
  public void ready() {
    around.time().later(Duration.ZERO, () -> ready = true);
  }

  /**
   * Gives all up and takes nothing more.
   *
   * @return done when all are released, or will expire because something does not stop
   */
  public Future<Void> stop() {
    around.time().later(Duration.ZERO, this::beginToStop);
    return stopped.future();
  }

  /** The tenure under which this pod works for a cluster now; empty when it does not. */
  public Optional<Tenure> tenure(ClusterId id) {
    return Optional.ofNullable(tenures.get(Shards.of(id))).filter(Tenure::lasts);
  }

  /** The shards that this pod works for now. */
  public Set<Integer> held() {
    Set<Integer> held = new TreeSet<>();
    tenures.values().stream().filter(Tenure::lasts).forEach(one -> held.add(one.shard()));
    return held;
  }

  private void beginToStop() {
    stopping = true;
    List.copyOf(holds.values()).stream().filter(Hold::works).forEach(this::giveUp);
    membership.leave();
    if (!started) {
      stopped.tryComplete();
    }
  }

  private void tick() {
    Duration now = around.now();
    List.copyOf(holds.values()).forEach(hold -> advance(hold, now));
    List.copyOf(holds.values()).stream()
        .filter(hold -> hold.due(now) && !desk.isBusy(names.shard(hold.shard())))
        .forEach(this::renew);
    if (!stopping) {
      membership.keep(ready || !holds.isEmpty());
      look(now);
    } else if (holds.isEmpty() && !desk.isBusy()) {
      stopped.tryComplete();
      return;
    }
    around.time().later(Terms.TICK, this::tick);
  }

  private void advance(Hold hold, Duration now) {
    switch (hold.phase()) {
      case Hold.Phase.Working() -> {
        if (!hold.tenure.open()) {
          lose(hold, "it could not be renewed in time");
        }
      }
      case Hold.Phase.Leaving(var since, var quiet) -> {
        if (hold.over(quiet)) {
          release(hold);
        } else if (now.minus(since).compareTo(Terms.GIVE_WAY) > 0) {
          // Nothing is written any more; the lease expires, unless all stops before.
          hold.tenure.end();
        }
      }
      case Hold.Phase.Lost(var quiet) -> {
        if (hold.over(quiet)) {
          holds.remove(hold.shard());
        }
      }
      case Hold.Phase.Releasing() -> {}
    }
  }

  private void renew(Hold hold) {
    Duration sent = around.now();
    String name = names.shard(hold.shard());
    desk.store(name, term -> term.heldBy(me, around.clock().instant()))
        .onSuccess(
            stored -> {
              if (stored.isEmpty()) {
                hold.renewAt(around.now().plus(Terms.LOOK));
                nextLook = around.now(); // which tells whether it was taken
              } else if (hold.tenure.extend(sent.plus(Terms.VALID))) {
                hold.trouble.succeeded();
                hold.renewAt(sent.plus(around.jittered(Terms.RENEWAL)));
              }
            })
        .onFailure(
            cause -> {
              hold.trouble.failed(cause);
              hold.renewAt(around.now().plus(Terms.pause(hold.trouble.failures())));
            });
  }

  private void look(Duration now) {
    if (desk.isLooking() || now.compareTo(nextLook) < 0) {
      return;
    }
    desk.look()
        .onSuccess(
            seen -> {
              looks.succeeded();
              boolean alone = desk.sightings().isAlone(me, around.now());
              nextLook = around.now().plus(around.jittered(alone ? Terms.LOOK_ALONE : Terms.LOOK));
              compare();
              decide();
            })
        .onFailure(
            cause -> {
              looks.failed(cause);
              nextLook = around.now().plus(Terms.pause(looks.failures()));
            });
  }

  /** What was taken by another pod, or deleted by hand, is lost. */
  private void compare() {
    for (Hold hold : List.copyOf(holds.values())) {
      Lease lease = desk.sightings().lease(names.shard(hold.shard()));
      if (hold.works() && !lease.holder().equals(me)) {
        lose(hold, lease.isStored() ? "its lease names another pod" : "its lease was deleted");
      } else if (hold.trouble.failures() > 0) {
        hold.renewAt(around.now());
      }
    }
  }

  private void decide() {
    if (stopping || taking > 0) {
      return;
    }
    for (FairShare.Intent intent : share().intents()) {
      switch (intent) {
        case FairShare.Intent.Take(var shard) -> take(shard);
        case FairShare.Intent.GiveUp(var shard) ->
            Optional.ofNullable(holds.get(shard)).ifPresent(this::giveUp);
        case FairShare.Intent.Release(var shard) ->
            desk.store(names.shard(shard), term -> term.released(around.clock().instant()));
      }
    }
    if (ready) {
      desk.sightings().forgotten(names, around.now()).forEach(desk::delete);
    }
  }

  private FairShare share() {
    Set<String> members = desk.sightings().members(names, around.now());
    return new FairShare(me, ready, standings(), members);
  }

  private List<Standing> standings() {
    List<Standing> standings = new ArrayList<>();
    for (int shard : Shards.all()) {
      Hold hold = holds.get(shard);
      String name = names.shard(shard);
      if (hold != null) {
        standings.add(hold.works() ? new Standing.Held() : new Standing.Leaving());
      } else if (desk.isBusy(name)) {
        standings.add(new Standing.Unknown());
      } else {
        standings.add(desk.sightings().standing(name, me, around.now()));
      }
    }
    return standings;
  }

  private void take(int shard) {
    Duration sent = around.now();
    taking++;
    desk.store(names.shard(shard), term -> term.heldBy(me, around.clock().instant()))
        .onComplete(done -> taking--)
        .onSuccess(
            stored -> {
              if (stored.isPresent()) {
                taken(new Tenure(shard, around.time()::now, sent.plus(Terms.VALID)), sent);
              } else {
                nextLook = around.now();
              }
            })
        .onFailure(
            cause -> {
              looks.failed(cause);
              nextLook = around.now().plus(Terms.pause(looks.failures()));
            });
  }

  private void taken(Tenure tenure, Duration sent) {
    if (!tenure.open()) {
      return; // the answer came too late; the next look finds a lease that names this pod
    }
    Hold hold = new Hold(tenure, sent.plus(around.jittered(Terms.RENEWAL)));
    holds.put(tenure.shard(), hold);
    if (stopping) {
      release(hold);
      return;
    }
    tenures.put(tenure.shard(), tenure);
    LOG.info("shard {} is taken", tenure.shard());
    shifts.taken(tenure);
  }

  private void giveUp(Hold hold) {
    LOG.info("shard {} is being given up", hold.shard());
    hold.tenure.prepareToLeave();
    tenures.remove(hold.shard());
    hold.turn(new Hold.Phase.Leaving(around.now(), shifts.ended(hold.tenure, Shifts.End.GIVEN_UP)));
  }

  private void lose(Hold hold, String why) {
    LOG.warn("shard {} is lost: {}", hold.shard(), why);
    hold.tenure.end();
    tenures.remove(hold.shard());
    hold.turn(new Hold.Phase.Lost(shifts.ended(hold.tenure, Shifts.End.LOST)));
  }

  /** Nothing of it runs here any more. */
  private void release(Hold hold) {
    String name = names.shard(hold.shard());
    if (desk.isBusy(name)) {
      return; // a renewal is under way: after it
    }
    hold.tenure.end();
    hold.turn(new Hold.Phase.Releasing());
    desk.store(name, term -> term.released(around.clock().instant()))
        .onComplete(done -> holds.remove(hold.shard()));
  }
}
