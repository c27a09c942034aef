package dev.pgoperator.cluster;

import dev.pgoperator.api.Origin;
import dev.pgoperator.pace.Lane;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What waits in a mailbox. However many triggers arrive, it stays this small: the kinds of
 * triggers, and a deletion that has to be carried out.
 *
 * @param kinds kinds of the merged triggers, for logs and for what may be skipped
 * @param deletion metadata of the manifest that was deleted; a postponed one stands alone, without
 *     a kind
 */
public record Pending(Set<String> kinds, Optional<Origin> deletion) {
  public static final Pending NOTHING = new Pending(Set.of(), Optional.empty());

  /** Of these nothing is known to have happened. */
  private static final Set<String> LOOKS = Set.of("resync", "found");

  public Pending {
    kinds = Set.copyOf(kinds);
  }

  public boolean isEmpty() {
    return kinds.isEmpty();
  }

  /** Whether a person is waiting for the result, which can be there at once. */
  public boolean urgent() {
    return deletion.isPresent() || edited();
  }

  boolean edited() {
    return kinds.contains("spec-changed");
  }

  /**
   * Persons who edit or delete go before what has happened by itself, that before new clusters, and
   * these before periodic work.
   */
  Lane lane() {
    if (urgent()) {
      return Lane.PERSON;
    }
    if (kinds.contains("appeared")) {
      return Lane.CREATION;
    }
    return LOOKS.containsAll(kinds) ? Lane.PERIODIC : Lane.EVENT;
  }

  /** Whether what was wrong may be put right now, so that earlier failures do not count. */
  boolean freshStart() {
    return edited() || kinds.contains("appeared") || kinds.contains("config-changed");
  }

  /** Whether the database is to be compared even when nothing is known to have changed. */
  public boolean thorough() {
    return kinds.contains("resync");
  }

  /** What waits, together with what was taken before and is not done. */
  Pending and(Pending unfinished) {
    var merged = new TreeSet<>(kinds);
    merged.addAll(unfinished.kinds());
    return new Pending(merged, unfinished.deletion().or(this::deletion));
  }

  /**
   * Adds a trigger; the first deletion stays until it is done, because its objects have to go
   * before new ones come.
   */
  Pending with(Trigger trigger) {
    var merged = new TreeSet<>(kinds);
    merged.add(trigger.kind());
    Optional<Origin> gone =
        trigger instanceof Trigger.Deleted(var last)
            ? deletion.or(() -> Optional.of(last))
            : deletion;
    return new Pending(merged, gone);
  }
}
