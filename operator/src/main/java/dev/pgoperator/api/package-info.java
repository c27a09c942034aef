/**
 * What a user writes and what we write back to them: the {@code postgresql} manifest as records,
 * decoded field by field so that one broken manifest never disturbs another one, and its status.
 * Nothing here decides anything: no defaults of the operator configuration, no Kubernetes client,
 * no clock.
 */
@NullMarked
package dev.pgoperator.api;

import org.jspecify.annotations.NullMarked;
