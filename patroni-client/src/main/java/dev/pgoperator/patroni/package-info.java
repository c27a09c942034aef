/** To be described. */
@NullMarked
package dev.pgoperator.patroni;

import org.jspecify.annotations.NullMarked;
