/**
 * What should exist: pure builders of the desired Kubernetes objects of a cluster, and the
 * explanation of how a live object differs from the desired one. Only fabric8 model types; no
 * client, no clock, no randomness, no logging.
 */
@NullMarked
package dev.pgoperator.model;

import org.jspecify.annotations.NullMarked;
