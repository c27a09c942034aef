package dev.pgoperator.pace;

import java.util.function.Supplier;

/**
 * On whose behalf something is done. Bound to the thread that works for a cluster, so that what is
 * asked for on the way down to the API server is queued as what the cluster is.
 *
 * @param lane how urgent it is
 * @param group those of one group wait for each other, not for those of other groups; the namespace
 *     of the cluster
 */
public record Claim(Lane lane, String group) {

  /** Of work that belongs to no cluster. */
  public static final Claim NOBODY = new Claim(Lane.EVENT, "");

  private static final ScopedValue<Claim> CURRENT = ScopedValue.newInstance();

  /** The claim under which this thread works. */
  public static Claim current() {
    return CURRENT.orElse(NOBODY);
  }

  /** Does the work under this claim. */
  public <T> T bound(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }
}
