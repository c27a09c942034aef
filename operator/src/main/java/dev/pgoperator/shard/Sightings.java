package dev.pgoperator.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this pod has seen of each lease, and for how long it has been so, by its own clock. Pure.
 *
 * @param byName also leases of shards that do not exist
 */
record Sightings(Map<String, Sighting> byName) {
  static final Sightings NONE = new Sightings(Map.of());

  /**
   * @param since when it was seen first as it is now
   */
  record Sighting(Lease lease, Duration since) {
    boolean still(Duration now, Duration howLong) {
      return now.minus(since).compareTo(howLong) >= 0;
    }
  }

  Sightings {
    byName = Map.copyOf(byName);
  }

  /**
   * After a look at all leases.
   *
   * @param expected names of leases that matter also where they do not exist
   */
  Sightings after(List<Lease> seen, Set<String> expected, Duration now) {
    Map<String, Sighting> next = new HashMap<>();
    for (Lease lease : seen) {
      next.put(lease.name(), after(lease, now));
    }
    for (String name : expected) {
      next.computeIfAbsent(name, missing -> after(Lease.unstored(missing), now));
    }
    return new Sightings(next);
  }

  private Sighting after(Lease lease, Duration now) {
    Duration since =
        Optional.ofNullable(byName.get(lease.name()))
            .filter(before -> before.lease().term().equals(lease.term()))
            .filter(before -> before.lease().isStored() == lease.isStored())
            .map(Sighting::since)
            .orElse(now);
    return new Sighting(lease, since);
  }

  /** After an answer that told of one lease. */
  Sightings after(Lease told, Set<String> expected, Duration now) {
    List<Lease> all =
        byName.values().stream()
            .map(Sighting::lease)
            .filter(lease -> lease.isStored() && !lease.name().equals(told.name()))
            .collect(Collectors.toCollection(ArrayList::new));
    all.add(told);
    return after(all, expected, now);
  }

  Lease lease(String name) {
    Sighting known = byName.get(name);
    return known == null ? Lease.unstored(name) : known.lease();
  }

  /** Who holds this shard, as far as leases say it. */
  Standing standing(String name, String me, Duration now) {
    Sighting known = byName.get(name);
    if (known == null) {
      return new Standing.Unknown();
    }
    boolean lapsed = known.still(now, Terms.LEASE);
    if (!known.lease().isStored()) {
      // Deleted by hand, it may still be in use; where nobody else is there it was never made.
      return lapsed || !othersSeen(me) ? new Standing.Free() : new Standing.Unknown();
    }
    String holder = known.lease().holder();
    if (holder.isEmpty()) {
      return new Standing.Free();
    }
    if (holder.equals(me)) {
      return new Standing.Mine();
    }
    return lapsed ? new Standing.Lapsed(holder) : new Standing.Others(holder);
  }

  /** Whether no other pod has been heard of lately. */
  boolean isAlone(String me, Duration now) {
    return byName.values().stream()
        .filter(seen -> !seen.still(now, Terms.LEASE.multipliedBy(2)))
        .map(seen -> seen.lease().holder())
        .allMatch(holder -> holder.isEmpty() || holder.equals(me));
  }

  private boolean othersSeen(String me) {
    return byName.values().stream()
        .map(one -> one.lease().holder())
        .anyMatch(holder -> !holder.isEmpty() && !holder.equals(me));
  }

  /** Pods that say that they are there, and of which no lease has lapsed. */
  Set<String> members(LeaseNames names, Duration now) {
    Set<String> members = new HashSet<>();
    Set<String> dead = new HashSet<>();
    byName.forEach(
        (name, seen) -> {
          if (seen.still(now, Terms.LEASE)) {
            dead.add(seen.lease().holder());
          } else if (names.isPod(name)) {
            members.add(seen.lease().holder());
          }
        });
    members.removeAll(dead);
    members.remove("");
    return members;
  }

  /** Leases by which pods said that they are there, long ago. */
  List<Lease> forgotten(LeaseNames names, Duration now) {
    return byName.values().stream()
        .filter(seen -> names.isPod(seen.lease().name()) && seen.still(now, Terms.FORGOTTEN))
        .map(Sighting::lease)
        .toList();
  }
}
