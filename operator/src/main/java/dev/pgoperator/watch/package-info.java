/**
 * Where events come from: changes of manifests, pods and owned objects, and the passing of time.
 * Each becomes a trigger for the cluster it concerns; what to do about it is not decided here.
 */
@NullMarked
package dev.pgoperator.watch;

import org.jspecify.annotations.NullMarked;
