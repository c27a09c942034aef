/**
 * Puts the operator together and starts it: every object is made here, with plain constructors, and
 * nothing else imports this room.
 */
@NullMarked
package dev.pgoperator.boot;

import org.jspecify.annotations.NullMarked;
