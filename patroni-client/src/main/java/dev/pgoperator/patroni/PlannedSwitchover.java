package dev.pgoperator.patroni;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A switchover that Patroni holds for later, or none. */
public sealed interface PlannedSwitchover {
  /** Nothing waits. */
  record NotPlanned() implements PlannedSwitchover {}

  /**
   * A switchover that waits for its time.
   *
   * @param at Patroni's text, normally ISO 8601 with an offset
   * @param from the leader that will step down
   * @param to the candidate; empty if any replica may take over
   */
  record Planned(String at, String from, String to) implements PlannedSwitchover {

    /** The planned time; absent if Patroni's text is not a time. */
    public Optional<Instant> time() {
      try {
        return Optional.of(OffsetDateTime.parse(at).toInstant());
      } catch (DateTimeException unreadable) {
        return Optional.empty();
      }
    }
  }

  static PlannedSwitchover parse(LenientJson cluster) {
    LenientJson plan = cluster.object("scheduled_switchover");
    return plan.json().isEmpty()
        ? new NotPlanned()
        : new Planned(plan.textOrEmpty("at"), plan.textOrEmpty("from"), plan.textOrEmpty("to"));
  }
}
