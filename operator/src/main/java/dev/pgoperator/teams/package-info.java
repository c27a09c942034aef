/**
 * Who belongs to which team, as the Teams API says (api.md §4.3): the client, its token, and a book
 * of what it said, from which all clusters read. Nothing here blocks; no decision about roles may
 * enter.
 */
@NullMarked
package dev.pgoperator.teams;

import org.jspecify.annotations.NullMarked;
