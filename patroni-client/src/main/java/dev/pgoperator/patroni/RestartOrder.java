package dev.pgoperator.patroni;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/** Which member has to be restarted first for changed parameters to take effect. */
public enum RestartOrder {
  REPLICAS_FIRST,
  PRIMARY_FIRST;

  /**
   * A replica refuses to start with a smaller value of these than its primary had, so a decrease
   * reaches the primary first (PostgreSQL documentation, "Hot Standby", administrator's overview).
   */
  private static final Set<String> NOT_SMALLER_ON_A_REPLICA =
      Set.of(
          "max_connections",
          "max_prepared_transactions",
          "max_locks_per_transaction",
          "max_worker_processes",
          "max_wal_senders");

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

  /**
   * The order for one patch: the primary first when it changes parameters and every changed one is
   * a decrease of those that a replica must not have smaller; otherwise the replicas first.
   */
  public static RestartOrder of(ConfigPatch patch) {
    var parameters =
        patch.changes().stream()
            .filter(change -> change.key().startsWith("postgresql.parameters."))
            .toList();
    boolean onlyDecreases =
        !parameters.isEmpty() && parameters.stream().allMatch(RestartOrder::decrease);
    return onlyDecreases ? PRIMARY_FIRST : REPLICAS_FIRST;
  }

  /**
   * The order for what waits already: the primary first when any limit of those gets smaller and
   * none of them larger; otherwise the replicas first, where Patroni lets each start with the
   * larger of both values.
   */
  public static RestartOrder of(Collection<PendingRestart.Needed> waiting) {
    int smaller = 0;
    for (PendingRestart.Needed needed : waiting) {
      for (var reason : needed.reasons().entrySet()) {
        if (NOT_SMALLER_ON_A_REPLICA.contains(reason.getKey())) {
          int direction = direction(reason.getValue().from(), reason.getValue().to());
          if (direction > 0) {
            return REPLICAS_FIRST;
          }
          smaller += direction;
        }
      }
    }
    return smaller < 0 ? PRIMARY_FIRST : REPLICAS_FIRST;
  }

  private static int direction(String from, String to) {
    return WHOLE_NUMBER.matcher(from).matches() && WHOLE_NUMBER.matcher(to).matches()
        ? Integer.compare(Integer.parseInt(to), Integer.parseInt(from))
        : 0;
  }

  private static boolean decrease(ConfigChange change) {
    return NOT_SMALLER_ON_A_REPLICA.contains(change.path().getLast())
        && WHOLE_NUMBER.matcher(change.from()).matches()
        && WHOLE_NUMBER.matcher(change.to()).matches()
        && Integer.parseInt(change.to()) < Integer.parseInt(change.from());
  }
}
