package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;

/**
 * One short text that stands for everything we own of an object, so that a sync of an unchanged
 * object needs neither a read nor a write: the projection of the desired object equals that of the
 * live one as long as nobody changed what we applied.
 */
public final class Projection {

  private static final String NOTHING = new Leaves.Sum().text();

  private Projection() {}

  public static String hash(HasMetadata desired) {
    Leaves.Sum sum = new Leaves.Sum();
    FlatObject.walk(Json.tree(desired), desired.getKind(), sum);
    return sum.text();
  }

  /** Of a pod template alone, as it is wanted. */
  public static String hash(PodTemplateSpec desired) {
    Leaves.Sum sum = new Leaves.Sum();
    FlatObject.walkPart(FieldPath.root("spec.template"), Json.tree(desired), sum);
    return sum.text();
  }

  /**
   * Over the fields of the live object that {@link FieldManager#NAME} owns; needs its {@code
   * managedFields}.
   */
  public static String hashOfOwned(HasMetadata live) {
    Leaves.Sum sum = new Leaves.Sum();
    Ownership.walk(live, sum);
    return sum.text();
  }

  /** Whether the hash is that of an object of which we own no field: somebody else made it. */
  public static boolean isForeign(String hashOfOwned) {
    return hashOfOwned.equals(NOTHING);
  }
}
