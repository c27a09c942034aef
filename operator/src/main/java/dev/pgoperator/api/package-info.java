/** To be described. */
@NullMarked
package dev.pgoperator.api;

import org.jspecify.annotations.NullMarked;
