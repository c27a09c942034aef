package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.ObjectKey;
import dev.pgoperator.model.Projection;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * What was derived from a blueprint, without the object itself: enough to see from the inventory
 * that nothing has to be done.
 *
 * @param hash over all fields of the desired object
 */
record Derived(ObjectKey key, String hash) {
  static Derived of(HasMetadata desired) {
    return new Derived(ObjectKey.of(desired), Projection.hash(desired));
  }
}
