package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.ObjectKey;

/**
 * What was derived from a blueprint, without the object itself: enough to see from the inventory
 * that nothing has to be done.
 *
 * @param hash over all fields of the desired object
 */
record Derived(ObjectKey key, String hash) {}
