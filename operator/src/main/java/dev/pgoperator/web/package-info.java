/**
 * The operator's own HTTP pages: health for Kubernetes, and what is known of the clusters. Reads,
 * never acts.
 */
@NullMarked
package dev.pgoperator.web;

import org.jspecify.annotations.NullMarked;
