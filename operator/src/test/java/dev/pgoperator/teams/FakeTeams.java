package dev.pgoperator.teams;

import dev.pgoperator.config.RoleSettings;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Teams API in memory; a team that nobody put there has no members. */
public final class FakeTeams implements TeamsApi {
  private final Map<String, Set<String>> members = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private Optional<String> trouble = Optional.empty();

  /** The team has these members from now on. */
  public void put(String team, String... names) {
    members.put(team, Set.of(names));
  }

  /** Every question fails from now on, for this reason. */
  public void fail(String why) {
    trouble = Optional.of(why);
  }

  /** It answers again. */
  public void recover() {
    trouble = Optional.empty();
  }

  /** The teams that were asked for, in order. */
  public List<String> asked() {
    return asked;
  }

  @Override
  public Future<Optional<Set<String>>> members(RoleSettings.TeamsApi settings, String team) {
    asked.add(team);
    return trouble
        .<Future<Optional<Set<String>>>>map(why -> Future.failedFuture(new TeamsFailure(why)))
        .orElseGet(() -> Future.succeededFuture(Optional.of(members.getOrDefault(team, Set.of()))));
  }
}
