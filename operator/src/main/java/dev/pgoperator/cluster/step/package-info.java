/**
 * The steps of a sync and of a teardown. Each observes through the ports, decides with the pure
 * rooms and acts through the ports again; the only place where futures are awaited. No step keeps
 * anything between two runs.
 */
@NullMarked
package dev.pgoperator.cluster.step;

import org.jspecify.annotations.NullMarked;
