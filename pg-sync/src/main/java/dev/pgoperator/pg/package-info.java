/** To be described. */
@NullMarked
package dev.pgoperator.pg;

import org.jspecify.annotations.NullMarked;
