/**
 * All clusters: which exist, the verticle and mailbox of each, and an immutable picture of them for
 * whoever only looks. How a cluster is synced is not known here.
 */
@NullMarked
package dev.pgoperator.fleet;

import org.jspecify.annotations.NullMarked;
