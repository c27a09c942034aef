/**
 * All clusters: which exist, the mailbox of each and its verticle while it has one, and an
 * immutable picture of them for whoever only looks. How a cluster is synced is not known here.
 */
@NullMarked
package dev.pgoperator.fleet;

import org.jspecify.annotations.NullMarked;
