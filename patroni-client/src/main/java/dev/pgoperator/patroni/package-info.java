/**
 * A client of Patroni's REST API: it asks one member of a cluster a question, or gives it one
 * order, and answers with a {@link io.vertx.core.Future} of a record. Every call has a deadline and
 * a bounded answer, a failure is a {@link dev.pgoperator.patroni.PatroniFailure}, and nothing is
 * ever sent twice. Values that this version does not know are kept as text, so a newer Patroni does
 * not break it. What may not enter: Kubernetes, types of the operator, and decisions about when to
 * call. Pure rules on Patroni's own data are welcome ({@link dev.pgoperator.patroni.Switchovers},
 * {@link dev.pgoperator.patroni.ConfigPatch}).
 */
@NullMarked
package dev.pgoperator.patroni;

import org.jspecify.annotations.NullMarked;
