package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.api.Origin;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.pace.Lane;
import java.util.Optional;

/**
 * Holds the truth about what a cluster needs: the newest manifest and what is pending. Thread-safe:
 * watches merge, the cluster's verticle takes. Merging is a pure function on an immutable value.
 */
public final class Mailbox {
  private final ClusterId id;
  private Content content = new Content(Pending.NOTHING, Optional.empty()); // guarded by this

  private record Content(Pending pending, Optional<Manifest> newest) {
    Content with(Trigger trigger) {
      Optional<Manifest> manifest =
          switch (trigger) {
            case Trigger.SpecChanged(var arrived) -> Optional.of(arrived);
            case Trigger.Appeared(var arrived) -> Optional.of(arrived);
            case Trigger.Found(var arrived) -> Optional.of(arrived);
            case Trigger.Deleted(var last) ->
                newest.filter(known -> !known.origin().uid().equals(last.uid()));
            case Trigger.PodChanged _,
                Trigger.ObjectChanged _,
                Trigger.NodeChanged _,
                Trigger.ConfigChanged _,
                Trigger.Resync _,
                Trigger.Retry _ ->
                newest;
          };
      return new Content(pending.with(trigger), manifest);
    }
  }

  public Mailbox(ClusterId id) {
    this.id = id;
  }

  public ClusterId id() {
    return id;
  }

  /** The bus address of the cluster's bell. */
  public String address() {
    return "cluster." + id;
  }

  public synchronized void merge(Trigger trigger) {
    content = content.with(trigger);
  }

  /**
   * The manifest as it is now, in which nothing has changed that is to be acted on. Whoever begins
   * with this mailbox reads there what its status was last.
   */
  public synchronized void note(Manifest manifest) {
    Optional<Manifest> newest =
        content
            .newest()
            .map(known -> known.origin().uid().equals(manifest.origin().uid()) ? manifest : known);
    content = new Content(content.pending(), newest);
  }

  /**
   * Begins anew with what others have worked for until now: what waits has mostly been done.
   *
   * @param unfinished what was deleted and of which something is left; it goes before the newest
   *     manifest
   */
  public synchronized void takeUp(Optional<Origin> unfinished) {
    Optional<Origin> deletion =
        content.newest().isPresent()
            ? unfinished
            : content.pending().deletion().or(() -> unfinished);
    Pending pending = Pending.NOTHING;
    if (deletion.isPresent()) {
      pending = pending.with(new Trigger.Deleted(deletion.get()));
    }
    if (content.newest().isPresent()) {
      pending = pending.with(Trigger.firstSight(content.newest().get()));
    }
    content = new Content(pending, content.newest());
  }

  /** Takes all that is pending and leaves nothing. */
  synchronized Pending take() {
    Pending taken = content.pending();
    if (taken.isEmpty()) {
      return taken; // a postponed deletion stays until a trigger comes for it
    }
    content = new Content(Pending.NOTHING, content.newest());
    return taken;
  }

  /**
   * Puts back a deletion that was taken and is not complete. It waits for the next trigger,
   * whatever that is, and goes before everything else then.
   */
  synchronized void postpone(Origin deletion) {
    content =
        new Content(
            new Pending(content.pending().kinds(), Optional.of(deletion)), content.newest());
  }

  /** Puts back what was taken by a run that gave way before it was done. */
  synchronized void putBack(Pending unfinished) {
    content = new Content(content.pending().and(unfinished), content.newest());
  }

  /** What waits, without taking it. */
  public synchronized Pending waiting() {
    return content.pending();
  }

  /**
   * How urgent that is. What happens to a cluster that is being made, such as a pod of it that has
   * come, is no more urgent than its creation: events of those that stand go before.
   */
  synchronized Lane lane() {
    Lane lane = content.pending().lane();
    boolean underWay = content.newest().filter(Manifest::isNew).isPresent();
    return lane == Lane.EVENT && underWay ? Lane.CREATION : lane;
  }

  /** The newest manifest, or empty when it was deleted. */
  public synchronized Optional<Manifest> newest() {
    return content.newest();
  }

  /** Whether the manifest is gone and nothing waits: nobody will miss this mailbox. */
  public synchronized boolean abandoned() {
    return content.newest().isEmpty()
        && content.pending().isEmpty()
        && content.pending().deletion().isEmpty();
  }

  /** Whether a deletion waits of a manifest that is held until it is carried out. */
  public synchronized boolean awaitsRelease() {
    return content
        .pending()
        .deletion()
        .filter(last -> last.finalizers().contains(Postgresql.FINALIZER))
        .isPresent();
  }

  /** Whether a deletion waits: a running sync gives way at its next step. */
  synchronized boolean deleteWaiting() {
    return content.pending().deletion().isPresent();
  }

  /** Whether an edit waits, which a running sync does not know of. */
  synchronized boolean editWaiting() {
    return content.pending().edited();
  }
}
