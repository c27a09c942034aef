package dev.pgoperator.pace;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Places for something that is scarce. Those that a person waits for go first, and a fifth of the
 * places is for them only; every eighth place goes to one of the other lanes, each in its turn, so
 * that nobody waits for ever. Within a lane those that have had a place go before those that come,
 * so that what was begun is ended before more is begun; among each of both, groups take turns
 * ({@link FairQueue}). Thread-safe; waiting blocks nobody.
 */
public final class Permits {
  private static final int KEPT_FOR_PERSONS = 5; // one of so many places
  private static final int FOR_OTHERS = 8; // one of so many turns
  private static final List<Lane> LANES = List.of(Lane.values());

  private final Map<Lane, FairQueue<Ticket>> coming = new EnumMap<>(Lane.class);
  private final Map<Lane, FairQueue<Ticket>> returning = new EnumMap<>(Lane.class);
  private int places;
  private int held;
  private int turns;

  public Permits(int places) {
    this.places = places;
    for (Lane lane : LANES) {
      coming.put(lane, new FairQueue<>());
      returning.put(lane, new FairQueue<>());
    }
  }

  /** Places that nobody holds. */
  public synchronized int free() {
    return Math.max(0, places - held);
  }

  /** How many wait for a place. */
  public synchronized int waiting() {
    return LANES.stream().mapToInt(this::waiting).sum();
  }

  /** How many of them are as urgent as this. */
  public synchronized int waiting(Lane lane) {
    return queue(returning, lane).size() + queue(coming, lane).size();
  }

  /** From now on there are so many places; those that are held too many are not given again. */
  public void resize(int newPlaces) {
    List<Ticket> granted;
    synchronized (this) {
      places = newPlaces;
      granted = grant();
    }
    granted.forEach(Ticket::arrive);
  }

  /** A place; given back exactly once by its holder, more often does no harm. */
  public final class Permit {
    private boolean released; // guarded by the permits

    private Permit() {}

    public void release() {
      List<Ticket> granted;
      synchronized (Permits.this) {
        if (released) {
          return;
        }
        released = true;
        held--;
        granted = grant();
      }
      granted.forEach(Ticket::arrive);
    }
  }

  /** Stands for one who waits for a place. */
  public final class Ticket {
    private final Promise<Permit> place = Promise.promise();
    private final Map<Lane, FairQueue<Ticket>> queues;
    private Claim claim; // guarded by the permits

    private Ticket(Claim claim, Map<Lane, FairQueue<Ticket>> queues) {
      this.claim = claim;
      this.queues = queues;
    }

    /** The permit as soon as one is free. */
    public Future<Permit> granted() {
      return place.future();
    }

    /** Waits in this lane from now on, if it is a faster one. */
    public void hurry(Lane lane) {
      List<Ticket> granted;
      synchronized (Permits.this) {
        if (lane.compareTo(claim.lane()) >= 0 || !leave(this)) {
          return;
        }
        claim = new Claim(lane, claim.group());
        enter(this);
        granted = grant();
      }
      granted.forEach(Ticket::arrive);
    }

    /** Does not want a place any more; one that was granted is given back. */
    public void withdraw() {
      boolean waiting;
      synchronized (Permits.this) {
        waiting = leave(this);
      }
      if (!waiting) {
        granted().onSuccess(Permit::release);
      }
    }

    private void arrive() {
      place.complete(new Permit());
    }
  }

  /** Takes a place, or queues for one. */
  public Ticket acquire(Claim claim) {
    return acquire(new Ticket(claim, coming));
  }

  /** The same for one who has had a place and has given it back for a while. */
  public Ticket resume(Claim claim) {
    return acquire(new Ticket(claim, returning));
  }

  private Ticket acquire(Ticket ticket) {
    List<Ticket> granted;
    synchronized (this) {
      enter(ticket);
      granted = grant();
    }
    granted.forEach(Ticket::arrive);
    return ticket;
  }

  /**
   * A place if one is free now, also one that is kept for persons; who gets none does not queue.
   */
  public synchronized Optional<Permit> ifFree() {
    if (held >= places) {
      return Optional.empty();
    }
    held++;
    return Optional.of(new Permit());
  }

  private void enter(Ticket ticket) {
    queue(ticket.queues, ticket.claim.lane()).add(ticket.claim.group(), ticket);
  }

  private boolean leave(Ticket ticket) {
    return queue(ticket.queues, ticket.claim.lane()).remove(ticket.claim.group(), ticket);
  }

  private static FairQueue<Ticket> queue(Map<Lane, FairQueue<Ticket>> queues, Lane lane) {
    return queues.getOrDefault(lane, new FairQueue<>());
  }

  /** Gives the free places away; whoever got one is told when no lock is held. */
  private List<Ticket> grant() {
    List<Ticket> granted = new ArrayList<>();
    for (Optional<Ticket> next = next(); next.isPresent(); next = next()) {
      held++;
      turns++;
      granted.add(next.get());
    }
    return granted;
  }

  private Optional<Ticket> next() {
    if (held >= places) {
      return Optional.empty();
    }
    boolean forAll = held < places - places / KEPT_FOR_PERSONS;
    if (!forAll) {
      return poll(Lane.PERSON);
    }
    return (turns % FOR_OTHERS == FOR_OTHERS - 1 ? others() : LANES)
        .stream().map(this::poll).flatMap(Optional::stream).findFirst();
  }

  /** The least urgent first, or another time those before them; persons at the end. */
  private List<Lane> others() {
    List<Lane> order = new ArrayList<>(LANES.subList(1, LANES.size()).reversed());
    Collections.rotate(order, turns / FOR_OTHERS);
    order.add(LANES.getFirst());
    return order;
  }

  private Optional<Ticket> poll(Lane lane) {
    return queue(returning, lane).poll().or(() -> queue(coming, lane).poll());
  }
}
