package dev.pgoperator.kube;

import static dev.pgoperator.kube.RequestNames.request;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.pace.Permits;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@link Kube} on the fabric8 client. */
public final class Fabric8Kube implements Kube {
  /** The custom resource as the API server knows it. */
  static final ResourceDefinitionContext POSTGRESQL =
      new ResourceDefinitionContext.Builder()
          .withGroup("acid.zalan.do")
          .withVersion("v1")
          .withKind("postgresql")
          .withPlural("postgresqls")
          .withNamespaced(true)
          .build();

  /** Requests that are under way at the same time while the API server is well. */
  public static final int MOST_REQUESTS = Congestion.MOST;

  private final KubernetesClient client;
  private final String fieldManager;
  private final PatchContext statusApply;
  private final PatchContext merge;
  private final Gateway gateway;

  /**
   * @param fieldManager the name under which the API server records which fields we set
   * @param places for requests that are under way at the same time, of {@link #MOST_REQUESTS}
   * @param requests hears of each
   */
  public Fabric8Kube(
      Vertx vertx,
      KubernetesClient client,
      String fieldManager,
      Permits places,
      RetryPolicy retry,
      Requests requests) {
    this(client, fieldManager, new Gateway(vertx, places, retry, requests));
  }

  private Fabric8Kube(KubernetesClient client, String fieldManager, Gateway gateway) {
    this.client = client;
    this.fieldManager = fieldManager;
    this.statusApply = patch(PatchType.SERVER_SIDE_APPLY, fieldManager).withForce(true).build();
    this.merge = patch(PatchType.JSON_MERGE, fieldManager + "-once").build();
    this.gateway = gateway;
  }

  private static PatchContext.Builder patch(PatchType type, String manager) {
    return new PatchContext.Builder().withPatchType(type).withFieldManager(manager);
  }

  @Override
  public Kube behind(Fence fence) {
    return new Fabric8Kube(client, fieldManager, gateway.behind(fence));
  }

  @Override
  public <T extends HasMetadata> Future<Optional<T>> find(
      Class<T> type, String namespace, String name) {
    return gateway.read(
        request("get", type, namespace, name),
        () ->
            Optional.ofNullable(
                client.resources(type).inNamespace(namespace).withName(name).get()));
  }

  @Override
  public <T extends HasMetadata> Future<List<T>> list(
      Class<T> type, String namespace, Map<String, String> labels) {
    return gateway.read(
        request("list", type, namespace, ""),
        () ->
            List.copyOf(
                client
                    .resources(type)
                    .inNamespace(namespace)
                    .withLabels(labels)
                    .list()
                    .getItems()));
  }

  @Override
  public <T extends HasMetadata> Future<T> apply(T desired) {
    return gateway.write(
        request("apply", desired),
        () -> of(desired).fieldManager(fieldManager).forceConflicts().serverSideApply());
  }

  @Override
  public <T extends HasMetadata> Future<Optional<T>> applyNew(T desired) {
    return gateway.write(
        request("apply", desired),
        () ->
            unless(
                Set.of(409, 422), // contested, or with other values of what never changes
                () -> of(desired).fieldManager(fieldManager).serverSideApply()));
  }

  @SuppressWarnings("unchecked") // By its class: the client may make something more general of it.
  private <T extends HasMetadata> Resource<T> of(T object) {
    return client
        .resources((Class<T>) object.getClass())
        .inNamespace(object.getMetadata().getNamespace())
        .resource(object);
  }

  @Override
  public <T extends HasMetadata> Future<Optional<T>> createIfAbsent(T desired) {
    return gateway.write(
        request("create", desired), () -> unless(Set.of(409), () -> of(desired).create()));
  }

  @Override
  public <T extends HasMetadata> Future<Void> delete(
      Class<T> type, String namespace, String name, Dependents dependents) {
    DeletionPropagation propagation =
        switch (dependents) {
          case DELETE -> DeletionPropagation.BACKGROUND;
          case ORPHAN -> DeletionPropagation.ORPHAN;
        };
    return gateway
        .write(
            request("delete", type, namespace, name),
            () ->
                client
                    .resources(type)
                    .inNamespace(namespace)
                    .withName(name)
                    .withPropagationPolicy(propagation)
                    .delete())
        .mapEmpty();
  }

  @Override
  public <T extends HasMetadata> Future<Void> deleteExactly(
      Class<T> type, String namespace, String name, String uid) {
    return gateway
        .write(
            request("delete", type, namespace, name),
            () -> {
              T live = client.resources(type).inNamespace(namespace).withName(name).get();
              if (live != null && uid.equals(live.getMetadata().getUid())) {
                // A version belongs to one object, so this condition names the uid too.
                client.resource(live).lockResourceVersion().delete();
              }
              return true;
            })
        .mapEmpty();
  }

  @Override
  public <T extends HasMetadata> Future<Void> deleteAll(
      Class<T> type, String namespace, Map<String, String> labels) {
    return gateway
        .write(
            request("delete all", type, namespace, ""),
            () -> client.resources(type).inNamespace(namespace).withLabels(labels).delete())
        .mapEmpty();
  }

  @Override
  public <T extends HasMetadata> Future<Void> mergePatch(
      Class<T> type, String namespace, String name, String patch) {
    return gateway
        .write(
            request("patch", type, namespace, name),
            () -> client.resources(type).inNamespace(namespace).withName(name).patch(merge, patch))
        .mapEmpty();
  }

  @Override
  public <T extends HasMetadata> Future<Optional<T>> replace(T changed) {
    return gateway.write(
        request("replace", changed),
        () -> unless(Set.of(404, 409), () -> of(changed).lockResourceVersion().update()));
  }

  @Override
  public Future<ExecResult> execute(PodCommand command) {
    return gateway.writeOnce(command.shown(), () -> PodExec.run(client, command));
  }

  @Override
  public Future<Boolean> applyStatus(ClusterId id, Map<String, Object> status) {
    var partial = new GenericKubernetesResource();
    partial.setApiVersion(Postgresql.API_VERSION);
    partial.setKind(Postgresql.KIND);
    partial.setMetadata(
        new ObjectMetaBuilder().withNamespace(id.namespace()).withName(id.name()).build());
    partial.setAdditionalProperty("status", status);
    return gateway
        .write(
            "write the status of " + id,
            () ->
                client
                    .genericKubernetesResources(POSTGRESQL)
                    .resource(partial)
                    .subresource("status")
                    .patch(statusApply))
        .map(true)
        .recover(
            failure ->
                failure instanceof KubeFailure.NotFound
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(failure));
  }

  @Override
  public Future<Void> releaseManifest(ClusterId id, String finalizer) {
    return editManifest("release", id, manifest -> manifest.removeFinalizer(finalizer));
  }

  @Override
  public Future<Void> holdManifest(ClusterId id, String finalizer) {
    return editManifest("hold", id, manifest -> manifest.addFinalizer(finalizer));
  }

  /** Writes with the version that was read, so that nobody else's change is lost. */
  private Future<Void> editManifest(
      String verb, ClusterId id, Predicate<GenericKubernetesResource> change) {
    return gateway
        .write(
            verb + " postgresql " + id,
            () -> {
              GenericKubernetesResource manifest = manifest(id).get();
              if (manifest != null && change.test(manifest)) {
                client.resource(manifest).lockResourceVersion().update();
              }
              return true;
            })
        .mapEmpty();
  }

  @Override
  public Future<Void> annotateManifest(ClusterId id, String key, Optional<String> value) {
    String patch =
        value
            .map(text -> new JsonObject().put(key, text))
            .orElseGet(() -> new JsonObject().putNull(key)) // which removes it
            .encode();
    return gateway
        .write(
            "annotate postgresql " + id,
            () -> manifest(id).patch(merge, "{\"metadata\":{\"annotations\":" + patch + "}}"))
        .mapEmpty();
  }

  @Override
  public Future<Void> record(Event event) {
    return gateway
        .write(
            request("create", event),
            () -> unless(Set.of(409), () -> client.resource(event).create()))
        .mapEmpty();
  }

  private Resource<GenericKubernetesResource> manifest(ClusterId id) {
    var all = client.genericKubernetesResources(POSTGRESQL);
    return all.inNamespace(id.namespace()).withName(id.name());
  }

  /** Empty where the API server answers with one of these codes. */
  private static <T> Optional<T> unless(Set<Integer> codes, Supplier<T> write) {
    try {
      return Optional.of(write.get());
    } catch (KubernetesClientException refused) {
      if (codes.contains(refused.getCode())) {
        return Optional.empty();
      }
      throw refused;
    }
  }
}
