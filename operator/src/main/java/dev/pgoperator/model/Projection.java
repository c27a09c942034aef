package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.SortedMap;

/**
 * One text that stands for everything we own of an object, so that a sync of an unchanged object
 * needs neither a read nor a write: the projection of the desired object equals that of the live
 * one as long as nobody changed what we applied.
 */
public final class Projection {

  private static final String DYNAMIC = "[" + SpiloConfiguration.VARIABLE + "].value.bootstrap.dcs";

  private static final String NOTHING = Fingerprint.of("");

  private Projection() {}

  public static String hash(HasMetadata desired) {
    return hash(FlatObject.of(desired));
  }

  /** Of a pod template alone, as it is wanted. */
  public static String hash(PodTemplateSpec desired) {
    return hash(FlatObject.part("spec.template", Json.MAPPER.valueToTree(desired)));
  }

  /**
   * Over the fields of the live object that {@link FieldManager#NAME} owns; needs its {@code
   * managedFields}.
   */
  public static String hashOfOwned(HasMetadata live) {
    return hash(Ownership.of(live));
  }

  /** Whether the hash is that of an object of which we own no field: somebody else made it. */
  public static boolean isForeign(String hashOfOwned) {
    return hashOfOwned.equals(NOTHING);
  }

  private static String hash(SortedMap<String, String> flat) {
    StringBuilder text = new StringBuilder();
    flat.forEach(
        (path, value) -> {
          // Read only by a database that does not exist yet; changes go through Patroni, not
          // through the object.
          if (!path.contains(DYNAMIC)) {
            text.append(path).append('=').append(value).append('\n');
          }
        });
    return Fingerprint.of(text.toString());
  }
}
