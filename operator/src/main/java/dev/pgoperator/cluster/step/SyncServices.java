package dev.pgoperator.cluster.step;

import dev.pgoperator.model.LeaderEndpoints;
import dev.pgoperator.model.Services;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import java.util.function.Supplier;

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
    make(context, objects, "primary", () -> Services.primary(context.blueprint()));
    make(context, objects, "replicas", () -> Services.replica(context.blueprint()));
    return Outcome.done();
  }

  private static void make(
      SyncContext context, OwnedObjects objects, String role, Supplier<Service> derivation) {
    if (objects.make(Service.class, "Service of the " + role, derivation)
        instanceof OwnedObjects.Made.Created) {
      context.journal().tell("Services", "created the Service of the " + role);
    }
  }
}
