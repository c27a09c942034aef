package dev.pgoperator.model;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.api.PostgresqlSpec;
import dev.pgoperator.config.OperatorConfig;

/**
 * Everything that decides how the objects of one cluster look.
 *
 * @param sources who defines roles beside the manifest
 */
public record Blueprint(
    Postgresql cluster, OperatorConfig config, PodEnvironment environment, RoleSources sources) {

  /** A cluster whose roles are all in its manifest. */
  public Blueprint(Postgresql cluster, OperatorConfig config, PodEnvironment environment) {
    this(cluster, config, environment, RoleSources.NONE);
  }

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
