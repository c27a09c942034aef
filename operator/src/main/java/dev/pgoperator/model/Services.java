package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;

/** The two services of a cluster (behaviour.md §1.8). */
public final class Services {

  private Services() {}

  public static Service primary(Blueprint b) {
    return desired(b, Role.PRIMARY);
  }

  public static Service replica(Blueprint b) {
    return desired(b, Role.REPLICA);
  }

  public static Service desired(Blueprint b, Role role) {
    Entrance entrance = Entrance.ofServers(b, role);
    ServiceSpec spec = entrance.spec(b, "postgresql");
    // Without ConfigMaps it is Patroni, not a selector, that says where the primary is.
    if (role == Role.REPLICA || b.config().server().consensus().onConfigMaps()) {
      spec.setSelector(Labels.selector(b, role));
    }
    Service service = new Service();
    service.setMetadata(
        Metadata.of(
            b,
            Names.service(b.id(), role),
            Labels.object(b, role),
            entrance.annotations(b, DnsHostnames.of(b, role))));
    service.setSpec(spec);
    return service;
  }
}
