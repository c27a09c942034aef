/**
 * The cloud that the volumes are of: the port, and its adapter for EC2 on the vendor's library. The
 * library blocks, so it runs on worker threads only. What is to be done to a volume is decided
 * elsewhere.
 */
@NullMarked
package dev.pgoperator.cloud;

import org.jspecify.annotations.NullMarked;
