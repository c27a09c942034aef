/**
 * Decides what a PostgreSQL server needs: from what was observed and what is desired to a list of
 * typed changes, each with its reason and its SQL. Everything here is pure: no connection, clock,
 * randomness or logging may enter; salts and observations are passed in.
 */
@NullMarked
package dev.pgoperator.pg.plan;

import org.jspecify.annotations.NullMarked;
