package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** The service of a pooler, beside that of the servers it stands before (behaviour.md §7.3). */
public final class PoolerServices {

  private PoolerServices() {}

  public static Service desired(Blueprint b, Role role) {
    Entrance entrance = Entrance.ofPooler(b, role);
    String name = Names.pooler(b.id(), role);
    return new ServiceBuilder()
        .withMetadata(
            Metadata.of(
                b,
                name,
                Labels.poolerSelector(b, role),
                entrance.annotations(b, DnsHostnames.ofPooler(b, role))))
        .withSpec(entrance.spec(b, name).withSelector(Labels.poolerName(b, role)).build())
        .build();
  }
}
