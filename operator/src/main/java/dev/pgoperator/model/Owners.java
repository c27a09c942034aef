package dev.pgoperator.model;

import dev.pgoperator.api.Postgresql;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.ArrayList;
import java.util.List;

/** Owner references of objects (behaviour.md §1.1). */
public final class Owners {

  private Owners() {}

  /** The manifest's own owners, and the manifest itself where that is configured. */
  public static List<OwnerReference> of(Blueprint b) {
    Postgresql cluster = b.cluster();
    List<OwnerReference> owners = new ArrayList<>(cluster.origin().ownerReferences());
    String uid = cluster.origin().uid();
    boolean known = owners.stream().anyMatch(o -> uid.equals(o.getUid()));
    if (b.config().operator().deletion().ownerReferences() && !known) {
      owners.add(
          new OwnerReferenceBuilder()
              .withApiVersion(Postgresql.API_VERSION)
              .withKind(Postgresql.KIND)
              .withName(cluster.name())
              .withUid(uid)
              .withController(true)
              .build());
    }
    return owners;
  }
}
