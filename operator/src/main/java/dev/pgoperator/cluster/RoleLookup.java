package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.config.RoleObjects;
import dev.pgoperator.config.RoleSettings;
import dev.pgoperator.model.InfrastructureRoles;
import dev.pgoperator.model.People;
import dev.pgoperator.model.RoleSources;
import dev.pgoperator.model.TeamRelations;
import dev.pgoperator.model.Teams;
import dev.pgoperator.teams.TeamBook;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who defines roles of a cluster beside its manifest, as it is known now. Never waits.
 * Thread-safe: all clusters ask the same one.
 */
public final class RoleLookup {
  private static final Logger LOG = LoggerFactory.getLogger(RoleLookup.class);

  private final Supplier<RoleObjects> objects;
  private final TeamBook book;
  private volatile Read last;

  /** What was read last, so that thousands of clusters do not read the same again. */
  private record Read(
      OperatorConfig config,
      RoleObjects objects,
      InfrastructureRoles.Found infrastructure,
      TeamRelations relations) {
    static Read of(OperatorConfig config, RoleObjects objects) {
      boolean related = config.roles().teams().objects().enabled();
      return new Read(
          config,
          objects,
          InfrastructureRoles.read(config, objects),
          TeamRelations.of(related ? objects.teams().known() : List.of()));
    }
  }

  /**
   * @param objects the objects that define roles, as they were seen last
   * @param book what the Teams API said last
   */
  public RoleLookup(Supplier<RoleObjects> objects, TeamBook book) {
    this.objects = objects;
    this.book = book;
    this.last = Read.of(OperatorConfigs.defaults(), objects.get());
  }

  RoleSources of(Postgresql cluster, OperatorConfig config) {
    Read now = read(config);
    People people =
        config.operator().scope().databaseAccess()
            ? people(cluster, config.roles().teams(), now)
            : new People(List.of(), false, List.of());
    return new RoleSources(now.infrastructure().roles(), people);
  }

  private People people(Postgresql cluster, RoleSettings.Teams settings, Read now) {
    People people =
        Teams.people(
            cluster.spec().teamId(),
            settings,
            now.relations(),
            team -> members(settings, team, cluster.id()));
    boolean complete =
        people.complete() && (!settings.objects().enabled() || now.objects().teams().complete());
    return new People(people.persons(), complete, people.troubles());
  }

  private Teams.TeamMembers members(RoleSettings.Teams settings, String team, ClusterId reader) {
    TeamBook.Known known = book.members(settings.api(), team, reader);
    return new Teams.TeamMembers(known.members(), known.complete(), known.trouble());
  }

  @SuppressWarnings("ReferenceEquality") // Equal ones are the same until something new is decoded.
  private Read read(OperatorConfig config) {
    RoleObjects seen = objects.get();
    Read known = last;
    if (known.config() == config && known.objects() == seen) {
      return known;
    }
    Read now = Read.of(config, seen);
    last = now;
    if (!now.infrastructure().problems().equals(known.infrastructure().problems())) {
      now.infrastructure().problems().forEach(p -> LOG.warn("infrastructure roles: {}", p));
    }
    return now;
  }
}
