/**
 * One PostgreSQL cluster as a reactive unit: a mailbox that holds what is to be done, a verticle
 * that does one thing at a time, and the lists of steps that make up a sync and a teardown. Steps
 * themselves live in {@code cluster.step}.
 */
@NullMarked
package dev.pgoperator.cluster;

import org.jspecify.annotations.NullMarked;
