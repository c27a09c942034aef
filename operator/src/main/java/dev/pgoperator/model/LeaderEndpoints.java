package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import java.util.Optional;

/**
 * Endpoints that exist before Patroni or Kubernetes writes addresses into them; their subsets are
 * never ours (behaviour.md §1.9). The master Service has no selector in this mode, so nobody else
 * would make its Endpoints.
 */
@SuppressWarnings(
    "deprecation") // The mode itself is deprecated, and Patroni has nothing newer to keep its
// leader in.
public final class LeaderEndpoints {

  private LeaderEndpoints() {}

  /** Empty unless Patroni keeps its leader in Endpoints or etcd. */
  public static Optional<Endpoints> primary(Blueprint b) {
    return desired(b, Role.PRIMARY);
  }

  public static Optional<Endpoints> desired(Blueprint b, Role role) {
    if (b.config().server().consensus().onConfigMaps()) {
      return Optional.empty();
    }
    return Optional.of(
        new EndpointsBuilder()
            .withMetadata(
                Metadata.of(
                    b,
                    Names.service(b.id(), role),
                    Labels.object(b, role),
                    Annotations.inherited(b)))
            .build());
  }
}
