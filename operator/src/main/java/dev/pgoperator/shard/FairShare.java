package dev.pgoperator.shard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which shards a pod takes and which it gives up. Every pod reckons with what it sees; leases
 * decide where two disagree. Pure.
 *
 * @param me the identity of this pod
 * @param ready whether it knows the world already
 * @param shards by their numbers
 * @param members pods that are there, with or without this one
 */
record FairShare(String me, boolean ready, List<Standing> shards, Set<String> members) {

  /** What to do with one shard. */
  sealed interface Intent {
    record Take(int shard) implements Intent {}

    /** Let its syncs give way, then release it. */
    record GiveUp(int shard) implements Intent {}

    /** Say that nobody holds it: nothing of it runs here. */
    record Release(int shard) implements Intent {}
  }

  FairShare {
    shards = List.copyOf(shards);
    members = Set.copyOf(members);
  }

  List<Intent> intents() {
    List<Intent> intents = new ArrayList<>();
    int quota = quota();
    int mine = count(Standing.Held.class);
    for (int shard : where(Standing.Mine.class)) {
      intents.add(mine < quota ? new Intent.Take(shard) : new Intent.Release(shard));
      mine++;
    }
    for (int shard : free()) {
      if (mine < quota) {
        intents.add(new Intent.Take(shard));
        mine++;
      }
    }
    // One after the other, so that what this pod worked for is never without anybody all at once.
    if (count(Standing.Held.class) > quota && count(Standing.Leaving.class) == 0) {
      intents.add(new Intent.GiveUp(where(Standing.Held.class).getLast()));
    }
    return intents;
  }

  /**
   * How many shards this pod should hold: the shards divided by the pods, and what remains goes to
   * those who hold most already, so that as few as possible change hands.
   */
  int quota() {
    Map<String, Integer> held = new HashMap<>();
    for (String pod : everybody()) {
      held.put(pod, 0);
    }
    for (Standing standing : shards) {
      switch (standing) {
        case Standing.Held _, Standing.Mine _ -> held.merge(me, 1, Integer::sum);
        case Standing.Others(var pod) -> held.computeIfPresent(pod, (same, n) -> n + 1);
        case Standing.Leaving _, Standing.Lapsed _, Standing.Free _, Standing.Unknown _ -> {}
      }
    }
    List<String> ranks =
        held.keySet().stream()
            .sorted(
                Comparator.comparingInt((String pod) -> -held.getOrDefault(pod, 0))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    int extra = ranks.indexOf(me) < shards.size() % ranks.size() ? 1 : 0;
    return shards.size() / ranks.size() + extra;
  }

  private Set<String> everybody() {
    Set<String> all = new HashSet<>(members);
    all.add(me);
    return all;
  }

  /**
   * Those that anybody may take. A pod that does not know the world yet leaves them to others. Each
   * pod begins at another one, so that two seldom reach for the same.
   */
  private List<Integer> free() {
    if (!ready && everybody().size() > 1) {
      return List.of();
    }
    List<Integer> free = new ArrayList<>(where(Standing.Free.class));
    free.addAll(where(Standing.Lapsed.class));
    int first = Math.floorMod(me.hashCode(), shards.size());
    free.sort(Comparator.comparingInt(shard -> Math.floorMod(shard - first, shards.size())));
    return free;
  }

  private int count(Class<? extends Standing> kind) {
    return where(kind).size();
  }

  private List<Integer> where(Class<? extends Standing> kind) {
    List<Integer> found = new ArrayList<>();
    for (int shard = 0; shard < shards.size(); shard++) {
      if (kind.isInstance(shards.get(shard))) {
        found.add(shard);
      }
    }
    return found;
  }
}
