package dev.pgoperator.model;

import dev.pgoperator.api.Postgresql;
import java.util.Optional;

/** The rule that a cluster is named after its team (api.md §3.1). */
public final class TeamPrefix {

  private static final int LONGEST_NAME = 58;

  private TeamPrefix() {}

  /**
   * The rest of the cluster's name after its team's and a dash; empty when it is not named like
   * that.
   */
  public static Optional<String> rest(Postgresql cluster) {
    String team = cluster.spec().teamId();
    String name = cluster.name();
    boolean follows =
        !team.isEmpty()
            && name.length() >= team.length() + 2
            && name.length() <= LONGEST_NAME
            && name.regionMatches(true, 0, team + "-", 0, team.length() + 1);
    return follows ? Optional.of(name.substring(team.length() + 1)) : Optional.empty();
  }

  /**
   * Whether the cluster may be managed at all, which the rule decides only where it is switched on.
   */
  public static boolean isKept(Blueprint b) {
    return !b.config().operator().scope().teamIdPrefix() || rest(b.cluster()).isPresent();
  }
}
