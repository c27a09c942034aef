package dev.pgoperator.kube;

import dev.pgoperator.model.FieldManager;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an API server makes of a write. */
final class FakeWrites {
  private FakeWrites() {}

  /** RFC 7386: null removes a key, objects are merged, everything else is replaced. */
  static void merge(JsonObject into, JsonObject patch) {
    for (String key : patch.fieldNames()) {
      Object value = patch.getValue(key);
      if (value == null) {
        into.remove(key);
      } else if (value instanceof JsonObject inner
          && into.getValue(key) instanceof JsonObject known) {
        merge(known, inner);
      } else {
        into.put(key, value);
      }
    }
  }

  static boolean isSame(HasMetadata read, @Nullable HasMetadata live) {
    String version = read.getMetadata().getResourceVersion();
    return live != null && version.equals(live.getMetadata().getResourceVersion());
  }

  /** All that was sent belongs to the sender. */
  static ManagedFieldsEntry ownerOf(HasMetadata applied) {
    var fields = new FieldsV1();
    new JsonObject(Serialization.asJson(applied))
        .fieldNames().stream()
            .filter(name -> !Set.of("apiVersion", "kind", "metadata", "status").contains(name))
            .forEach(name -> fields.setAdditionalProperty("f:" + name, Map.of()));
    fields.setAdditionalProperty(
        "f:metadata",
        Map.of("f:labels", Map.of(), "f:annotations", Map.of(), "f:ownerReferences", Map.of()));
    return new ManagedFieldsEntryBuilder()
        .withManager(FieldManager.NAME)
        .withOperation("Apply")
        .withFieldsV1(fields)
        .build();
  }

  /** All but questions goes through the fence. */
  static Kube behind(Kube kube, Fence fence) {
    return (Kube)
        Proxy.newProxyInstance(
            Kube.class.getClassLoader(),
            new Class<?>[] {Kube.class},
            (same, method, arguments) ->
                Set.of("find", "list", "behind").contains(method.getName())
                    ? method.invoke(kube, arguments)
                    : guarded(kube, fence, method, arguments));
  }

  private static Future<Object> guarded(Kube kube, Fence fence, Method method, Object[] arguments) {
    return fence.guard(
        method.getName(),
        () -> {
          try {
            return ((Future<?>) method.invoke(kube, arguments)).map(result -> result);
          } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("a fake that cannot be called", impossible);
          }
        });
  }
}
