package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;

/** The service of a pooler, beside that of the servers it stands before (behaviour.md §7.3). */
public final class PoolerServices {

  private PoolerServices() {}

  public static Service desired(Blueprint b, Role role) {
    Entrance entrance = Entrance.ofPooler(b, role);
    String name = Names.pooler(b.id(), role);
    ServiceSpec spec = entrance.spec(b, name);
    spec.setSelector(Labels.poolerName(b, role));
    Service service = new Service();
    service.setMetadata(
        Metadata.of(
            b,
            name,
            Labels.poolerSelector(b, role),
            entrance.annotations(b, DnsHostnames.ofPooler(b, role))));
    service.setSpec(spec);
    return service;
  }
}
