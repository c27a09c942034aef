package dev.pgoperator.patroni;

import java.util.Map;
import java.util.TreeMap;

/** Whether PostgreSQL must be restarted for changed parameters to take effect. */
public sealed interface PendingRestart {
  /** Every parameter is in effect. */
  record NotNeeded() implements PendingRestart {}

  /**
   * A restart is needed.
   *
   * @param reasons by parameter name; empty for a Patroni before 4.0, which does not say why
   */
  record Needed(Map<String, Change> reasons) implements PendingRestart {
    public Needed {
      reasons = Map.copyOf(reasons);
    }
  }

  /** The value in effect and the one that waits, in PostgreSQL's spelling. */
  record Change(String from, String to) {}

  default boolean needed() {
    return this instanceof Needed;
  }

  static PendingRestart parse(LenientJson json) {
    if (!json.isSet("pending_restart")) {
      return new NotNeeded();
    }
    LenientJson reasons = json.object("pending_restart_reason");
    var changes = new TreeMap<String, Change>();
    for (String parameter : reasons.json().fieldNames()) {
      LenientJson change = reasons.object(parameter);
      changes.put(
          parameter, new Change(change.textOrEmpty("old_value"), change.textOrEmpty("new_value")));
    }
    return new Needed(changes);
  }
}
