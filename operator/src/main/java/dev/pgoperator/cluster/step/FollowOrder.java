package dev.pgoperator.cluster.step;

/**
 * Looks how the order goes that an earlier sync gave. Until it has ended, the steps after this one
 * give no other.
 */
public final class FollowOrder implements Step {

  @Override
  public Outcome run(SyncContext context) {
    if (context.memory().underway().isBusy()) {
      context.answers().forget(); // what was said while the order was carried out
    }
    return context.memory().underway().look().orElseGet(Outcome::done);
  }
}
