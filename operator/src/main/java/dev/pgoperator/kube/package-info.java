/**
 * The only door to the Kubernetes API server: requests with a deadline, bounded in number and
 * retried by one policy, and watches whose objects are reduced on arrival to what decisions read.
 * No decision about a cluster may enter here.
 */
@NullMarked
package dev.pgoperator.kube;

import org.jspecify.annotations.NullMarked;
