package dev.pgoperator.cluster.step;

import dev.pgoperator.model.LeaderEndpoints;
import dev.pgoperator.model.Services;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The Services of the primary and of the replicas. Where Patroni keeps its state in Endpoints,
 * those of the primary are made first: the Service has no selector then, and Patroni fills in the
 * address.
 */
public final class SyncServices implements Step {

  @Override
  public Outcome run(SyncContext context) {
    var objects = new OwnedObjects(context);
    LeaderEndpoints.primary(context.blueprint())
        .ifPresent(
            endpoints -> {
              if (objects.make(Endpoints.class, endpoints) instanceof OwnedObjects.Made.Created) {
                context
                    .journal()
                    .tell(
                        "Endpoints", "created the Endpoints " + endpoints.getMetadata().getName());
              }
            });
    List<String> created =
        Stream.of(
                make(objects, "primary", () -> Services.primary(context.blueprint())),
                make(objects, "replicas", () -> Services.replica(context.blueprint())))
            .flatMap(Optional::stream)
            .toList();
    if (!created.isEmpty()) {
      String whose = String.join(" and of the ", created);
      context.journal().tell("Services", "created the Service of the " + whose);
    }
    return Outcome.done();
  }

  /** Whose Service was created; empty when it was there. */
  private static Optional<String> make(
      OwnedObjects objects, String role, Supplier<Service> derivation) {
    return objects.make(Service.class, "Service of the " + role, derivation)
            instanceof OwnedObjects.Made.Created
        ? Optional.of(role)
        : Optional.empty();
  }
}
