package dev.pgoperator.cluster.step;

import dev.pgoperator.api.Postgresql;

/**
 * Keeps the manifest from disappearing before its cluster is cleaned up, or lets go of it, as the
 * configuration says.
 */
public final class HoldManifest implements Step {

  @Override
  public Outcome run(SyncContext context) {
    boolean wanted = context.blueprint().config().operator().deletion().finalizers();
    boolean held = context.cluster().origin().finalizers().contains(Postgresql.FINALIZER);
    String fact = "finalizer";
    if (wanted == held || context.memory().knows(fact, String.valueOf(wanted))) {
      return Outcome.done();
    }
    var kube = context.ports().kube();
    Await.await(
        wanted ? "add the finalizer" : "remove the finalizer",
        wanted
            ? kube.holdManifest(context.id(), Postgresql.FINALIZER)
            : kube.releaseManifest(context.id(), Postgresql.FINALIZER));
    // The manifest that is being synced was read before this and does not show it yet.
    context.memory().remember(fact, String.valueOf(wanted));
    return Outcome.done();
  }
}
