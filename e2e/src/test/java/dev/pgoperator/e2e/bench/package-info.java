/**
 * Benches on a fleet that only seems to run: a real API server, pods that kwok plays, the operator
 * as a process of this machine. Run by {@code e2e/bench}; tests of the operator do not belong here.
 */
@NullMarked
package dev.pgoperator.e2e.bench;

import org.jspecify.annotations.NullMarked;
