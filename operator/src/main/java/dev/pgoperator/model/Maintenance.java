package dev.pgoperator.model;

import dev.pgoperator.api.MaintenanceWindow;
import dev.pgoperator.config.ServerSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether now is a time for what disturbs the users of a cluster (behaviour.md §4.10, api.md §3.6):
 * the manifest's windows, else the configured ones; without any it is always the time.
 */
public sealed interface Maintenance {

  /** It is the time, or there are no windows. */
  record Open() implements Maintenance {}

  /**
   * It is not.
   *
   * @param until when the next window opens; empty when none can be read, so that none ever opens
   */
  record Closed(Optional<Instant> until) implements Maintenance {

    /** For people. */
    public String text() {
      return until
          .map(time -> "until the maintenance window opens at " + time)
          .orElse("because no maintenance window can be read");
    }
  }

  static Maintenance of(Blueprint b, Instant now) {
    ServerSettings.Maintenance configured = b.config().server().maintenance();
    List<MaintenanceWindow> own = b.spec().outline().maintenanceWindows();
    List<MaintenanceWindow> windows = own.isEmpty() ? configured.windows() : own;
    boolean any = !own.isEmpty() || configured.configured();
    if (!configured.enabled()
        || !any
        || windows.stream().anyMatch(window -> window.contains(now))) {
      return new Open();
    }
    return new Closed(
        windows.stream().map(window -> window.opens(now)).min(Comparator.naturalOrder()));
  }
}
