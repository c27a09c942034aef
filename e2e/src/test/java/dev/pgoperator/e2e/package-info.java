/**
 * The operator on a real Kubernetes, seen only from outside: through the API server, PostgreSQL and
 * Patroni. Each class has a namespace of its own. No type of the operator may enter here, or a test
 * would share its mistakes.
 */
@NullMarked
package dev.pgoperator.e2e;

import org.jspecify.annotations.NullMarked;
