/**
 * Makes the roles and databases of a PostgreSQL server fit a wish: reads its catalogs, lets {@link
 * dev.pgoperator.pg.plan} decide, runs the changes. Knows Vert.x and the PostgreSQL client; no
 * Kubernetes, no operator, no blocking call may enter, and key derivations stay off the event loop.
 */
@NullMarked
package dev.pgoperator.pg;

import org.jspecify.annotations.NullMarked;
