/**
 * Who goes first where something is scarce: requests to the API server, sessions with databases,
 * clusters that are worked on. Knows nothing of clusters, Kubernetes or PostgreSQL, and nothing of
 * ours may enter.
 */
@NullMarked
package dev.pgoperator.pace;

import org.jspecify.annotations.NullMarked;
