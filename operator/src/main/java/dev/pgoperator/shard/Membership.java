package dev.pgoperator.shard;

import java.time.Duration;

/**
 * The lease by which this pod says that it is there, so that others leave it its share. Used by the
 * keeper's thread.
 */
final class Membership {
  private final Desk desk;
  private final String name;
  private final String me;
  private final Circumstances around;
  private final Trouble trouble = new Trouble("renewing the lease of this pod");
  private Duration due;

  Membership(Desk desk, String name, String me, Circumstances around) {
    this.desk = desk;
    this.name = name;
    this.me = me;
    this.around = around;
    this.due = around.now();
  }

  /**
   * Renews it when it is time to.
   *
   * @param member whether this pod takes part
   */
  void keep(boolean member) {
    boolean seen = !desk.sightings().byName().isEmpty();
    if (!member || !seen || desk.isBusy(name) || around.now().compareTo(due) < 0) {
      return;
    }
    Duration sent = around.now();
    desk.store(name, term -> term.heldBy(me, around.clock().instant()))
        .onSuccess(
            stored -> {
              trouble.succeeded();
              // Somebody cleared it away: it is made anew after the next look.
              due = sent.plus(stored.isEmpty() ? Terms.LOOK : around.jittered(Terms.RENEWAL));
            })
        .onFailure(
            cause -> {
              trouble.failed(cause);
              due = around.now().plus(Terms.pause(trouble.failures()));
            });
  }

  /** Takes it away, so that others share this pod's work among them. */
  void leave() {
    Lease lease = desk.sightings().lease(name);
    if (lease.isStored()) {
      desk.delete(lease);
    }
  }
}
