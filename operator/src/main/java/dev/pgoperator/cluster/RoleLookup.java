package dev.pgoperator.cluster;

import dev.pgoperator.api.Postgresql;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.RoleObjects;
import dev.pgoperator.model.InfrastructureRoles;
import dev.pgoperator.model.People;
import dev.pgoperator.model.RoleSources;
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
  private volatile Read last;

  /** What was read last, so that thousands of clusters do not read the same again. */
  private record Read(
      OperatorConfig config, RoleObjects objects, InfrastructureRoles.Found infrastructure) {
    static Read of(OperatorConfig config, RoleObjects objects) {
      return new Read(config, objects, InfrastructureRoles.read(config, objects));
    }
  }

  public RoleLookup(Supplier<RoleObjects> objects) {
    this.objects = objects;
    this.last = Read.of(dev.pgoperator.config.OperatorConfigs.defaults(), objects.get());
  }

  RoleSources of(Postgresql cluster, OperatorConfig config) {
    return new RoleSources(read(config).infrastructure().roles(), People.NOBODY);
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
