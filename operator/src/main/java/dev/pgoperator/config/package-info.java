/**
 * The configuration of the operator: every option of the contract as a tree of records, its
 * default, and reading it from a ConfigMap or an {@code OperatorConfiguration} so that a bad value
 * is reported and replaced by its default, never fatal. Pure: no clock, no environment, no
 * Kubernetes client.
 */
@NullMarked
package dev.pgoperator.config;

import org.jspecify.annotations.NullMarked;
