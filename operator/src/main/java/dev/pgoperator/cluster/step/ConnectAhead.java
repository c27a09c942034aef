package dev.pgoperator.cluster.step;

import dev.pgoperator.pg.PgEndpoint;
import java.util.Optional;

/**
 * Logs in to the primary while Kubernetes is told of an edit: that takes as long as writing a
 * secret, and the person who has added a role waits for both. Whether the login fails is heard in
 * {@link SyncDatabase}, which needs it.
 */
public final class ConnectAhead implements Step {

  @Override
  public Outcome run(SyncContext context) {
    if (context.demand() != SyncContext.Demand.EDIT) {
      return new Outcome.Skipped("nobody waits for an edit");
    }
    Optional<PgEndpoint> server = SyncDatabase.expected(context);
    if (server.isEmpty()) {
      return new Outcome.Skipped("no change for a primary that is known");
    }
    context.ports().postgres().connectAhead(server.get());
    return Outcome.done();
  }
}
