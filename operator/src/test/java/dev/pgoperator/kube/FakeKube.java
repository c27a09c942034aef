package dev.pgoperator.kube;

import dev.pgoperator.api.ClusterId;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** An API server in memory: it keeps objects, counts requests, and can be told to fail some. */
public final class FakeKube extends FakeObjects implements Kube {
  private final List<Map<String, Object>> statuses = new ArrayList<>();
  private final Set<Class<?>> undefined = new HashSet<>();
  private final List<Event> events = new ArrayList<>();
  private final List<String> writes = new ArrayList<>();

  /** Where commands in pods are run. */
  public final FakeCommands pods = new FakeCommands();

  private final List<String> reads = new ArrayList<>();
  private Predicate<String> failing = request -> false;

  /** Requests whose text matches, such as {@code apply Service orders}, meet a server error. */
  public void failWhen(Predicate<String> request) {
    failing = request;
  }

  /** A kind that is not defined, or is again. */
  public void define(Class<? extends HasMetadata> type, boolean defined) {
    if (defined) {
      undefined.remove(type);
    } else {
      undefined.add(type);
    }
  }

  public List<String> writes() {
    return writes;
  }

  public List<String> reads() {
    return reads;
  }

  /** The status that was written last. */
  public Map<String, Object> status() {
    return statuses.getLast();
  }

  /** The condition of this type in the status that was written last; fails when there is none. */
  public Condition condition(String type) {
    return conditions(type).getFirst();
  }

  /** The conditions of this type in the status that was written last: one or none. */
  public List<Condition> conditions(String type) {
    return ((List<?>) statuses.getLast().getOrDefault("conditions", List.of()))
        .stream()
            .map(Condition.class::cast)
            .filter(condition -> type.equals(condition.getType()))
            .toList();
  }

  public List<Event> events() {
    return events;
  }

  /** The phases that were written, in order. */
  public List<String> phases() {
    return statuses.stream()
        .map(status -> String.valueOf(status.get("PostgresClusterStatus")))
        .toList();
  }

  @Override
  public Kube behind(Fence fence) {
    return FakeWrites.behind(this, fence);
  }

  @Override
  public <T extends HasMetadata> Future<Optional<T>> find(
      Class<T> type, String namespace, String name) {
    reads.add("get " + type.getSimpleName() + " " + name);
    return Future.succeededFuture(
        Optional.ofNullable(objects.get(key(type, namespace, name))).map(type::cast));
  }

  @Override
  public <T extends HasMetadata> Future<List<T>> list(
      Class<T> type, String namespace, Map<String, String> labels) {
    reads.add("list " + type.getSimpleName());
    if (undefined.contains(type)) {
      return Future.failedFuture(
          new KubeFailure.NotFound("list " + type.getSimpleName(), new RuntimeException()));
    }
    return Future.succeededFuture(matching(type, namespace, labels));
  }

  @Override
  public <T extends HasMetadata> Future<T> apply(T desired) {
    if (isLeaving(desired)) {
      String request = "apply " + desired.getKind();
      return Future.failedFuture(
          new KubeFailure.Refused(request, 422, "it is being deleted", new RuntimeException()));
    }
    return write("apply", desired, () -> store(desired));
  }

  @Override
  public <T extends HasMetadata> Future<Optional<T>> applyNew(T desired) {
    return objects.containsKey(key(desired))
        ? Future.succeededFuture(Optional.empty())
        : apply(desired).map(Optional::of);
  }

  @Override
  public <T extends HasMetadata> Future<Optional<T>> createIfAbsent(T desired) {
    boolean exists = objects.containsKey(key(desired));
    return write("create", desired, () -> exists ? Optional.empty() : Optional.of(store(desired)));
  }

  @Override
  public <T extends HasMetadata> Future<Void> delete(
      Class<T> type, String namespace, String name, Dependents dependents) {
    return request(
        "delete " + type.getSimpleName() + " " + name,
        () -> {
          switch (dependents) {
            case DELETE -> remove(type, namespace, name);
            case ORPHAN -> leave(key(type, namespace, name));
          }
        });
  }

  @Override
  public <T extends HasMetadata> Future<Void> deleteExactly(
      Class<T> type, String namespace, String name, String uid) {
    HasMetadata live = objects.get(key(type, namespace, name));
    boolean same = live != null && uid.equals(live.getMetadata().getUid());
    return same ? delete(type, namespace, name, Dependents.DELETE) : Future.succeededFuture();
  }

  @Override
  public <T extends HasMetadata> Future<Void> deleteAll(
      Class<T> type, String namespace, Map<String, String> labels) {
    if (undefined.contains(type)) {
      return Future.failedFuture(
          new KubeFailure.NotFound("delete all " + type.getSimpleName(), new RuntimeException()));
    }
    return request(
        "delete all " + type.getSimpleName(),
        () -> matching(type, namespace, labels).forEach(object -> objects.remove(key(object))));
  }

  @Override
  public <T extends HasMetadata> Future<Void> mergePatch(
      Class<T> type, String namespace, String name, String patch) {
    return find(type, namespace, name)
        .compose(
            found ->
                found
                    .map(
                        object ->
                            request(
                                "patch " + type.getSimpleName() + " " + name,
                                () -> merge(type, object, patch)))
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                new KubeFailure.NotFound(
                                    "patch " + name, new RuntimeException()))));
  }

  @Override
  public <T extends HasMetadata> Future<Optional<T>> replace(T changed) {
    boolean same = FakeWrites.isSame(changed, objects.get(key(changed)));
    return write("replace", changed, () -> same ? Optional.of(store(changed)) : Optional.empty());
  }

  @Override
  public Future<Boolean> applyStatus(ClusterId id, Map<String, Object> status) {
    return request("status", () -> statuses.add(status)).map(true);
  }

  @Override
  public Future<Void> releaseManifest(ClusterId id, String finalizer) {
    return request("release manifest", () -> {});
  }

  @Override
  public Future<Void> holdManifest(ClusterId id, String finalizer) {
    return request("hold manifest", () -> {});
  }

  @Override
  public Future<Void> annotateManifest(ClusterId id, String key, Optional<String> value) {
    return request("annotate " + key + value.map(text -> "=" + text).orElse(" away"), () -> {});
  }

  @Override
  public Future<ExecResult> execute(PodCommand command) {
    return pods.run(command.words().getLast());
  }

  @Override
  public Future<Void> record(Event event) {
    String name = event.getMetadata().getName();
    if (events.stream().noneMatch(known -> known.getMetadata().getName().equals(name))) {
      events.add(event);
    }
    return Future.succeededFuture();
  }

  private <T extends HasMetadata> void merge(Class<T> type, T object, String patch) {
    JsonObject merged = new JsonObject(Serialization.asJson(object));
    FakeWrites.merge(merged, new JsonObject(patch));
    store(Serialization.unmarshal(merged.encode(), type));
  }

  private <T> Future<T> write(String verb, HasMetadata object, Supplier<T> action) {
    List<T> result = new ArrayList<>();
    return request(
            verb + " " + object.getClass().getSimpleName() + " " + object.getMetadata().getName(),
            () -> result.add(action.get()))
        .map(done -> result.getFirst());
  }

  private Future<Void> request(String text, Runnable action) {
    if (failing.test(text)) {
      return Future.failedFuture(
          new KubeFailure.Unavailable(text, "as the test wants it", new RuntimeException()));
    }
    writes.add(text);
    action.run();
    return Future.succeededFuture();
  }
}
