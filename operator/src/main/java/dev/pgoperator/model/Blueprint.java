package dev.pgoperator.model;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.api.PostgresqlSpec;
import dev.pgoperator.config.OperatorConfig;

/** Everything that decides how the objects of one cluster look. */
public record Blueprint(Postgresql cluster, OperatorConfig config, PodEnvironment environment) {

  public ClusterId id() {
    return cluster.id();
  }

  public PostgresqlSpec spec() {
    return cluster.spec();
  }

  String name() {
    return cluster.id().name();
  }

  String namespace() {
    return cluster.id().namespace();
  }

  /** Whether an annotation of this name, which an administrator chose, says {@code "true"}. */
  boolean isWaived(String annotationKey) {
    return !annotationKey.isEmpty() && cluster.origin().annotation(annotationKey).equals("true");
  }
}
