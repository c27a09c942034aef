package dev.pgoperator.model;

import dev.pgoperator.api.Exposure.Door;
import dev.pgoperator.config.ObjectSettings.Exposure;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The two services of a cluster (behaviour.md §1.8). */
public final class Services {

  private static final int PORT = 5432;

  private Services() {}

  public static Service primary(Blueprint b) {
    return desired(b, Role.PRIMARY);
  }

  public static Service replica(Blueprint b) {
    return desired(b, Role.REPLICA);
  }

  public static Service desired(Blueprint b, Role role) {
    ServiceKind kind = kind(b, role);
    ServiceSpecBuilder spec =
        new ServiceSpecBuilder().withType(kind.text()).withPorts(port(b, role, kind));
    // Without ConfigMaps it is Patroni, not a selector, that says where the primary is.
    if (role == Role.REPLICA || b.config().server().consensus().onConfigMaps()) {
      spec.withSelector(Labels.selector(b, role));
    }
    if (kind != ServiceKind.CLUSTER_IP) {
      spec.withExternalTrafficPolicy(b.config().objects().exposure().externalTrafficPolicy());
    }
    if (kind == ServiceKind.LOAD_BALANCER) {
      List<String> ranges = b.spec().exposure().allowedSourceRanges();
      spec.withLoadBalancerSourceRanges(ranges.isEmpty() ? List.of("127.0.0.1/32") : ranges);
    }
    return new ServiceBuilder()
        .withMetadata(
            Metadata.of(
                b, Names.service(b.id(), role), Labels.object(b, role), annotations(b, role, kind)))
        .withSpec(spec.build())
        .build();
  }

  private static ServicePort port(Blueprint b, Role role, ServiceKind kind) {
    ServicePortBuilder port =
        new ServicePortBuilder()
            .withName("postgresql")
            .withPort(PORT)
            .withProtocol("TCP")
            .withNewTargetPort(PORT);
    Door door = door(b, role);
    // A port counts only beside the manifest's own word for it, not beside the configuration's.
    if (kind == ServiceKind.NODE_PORT && door.nodePort().isSet() && door.port() != 0) {
      port.withNodePort(door.port());
    }
    return port.build();
  }

  private static Door door(Blueprint b, Role role) {
    return switch (role) {
      case PRIMARY -> b.spec().exposure().primary();
      case REPLICA -> b.spec().exposure().replica();
    };
  }

  private static ServiceKind kind(Blueprint b, Role role) {
    Exposure configured = b.config().objects().exposure();
    return switch (role) {
      case PRIMARY ->
          ServiceKind.of(
              door(b, role), configured.nodePort().primary(), configured.loadBalancer().primary());
      case REPLICA ->
          ServiceKind.of(
              door(b, role), configured.nodePort().replica(), configured.loadBalancer().replica());
    };
  }

  private static Map<String, String> annotations(Blueprint b, Role role, ServiceKind kind) {
    Map<String, String> result = new TreeMap<>(b.config().objects().exposure().customAnnotations());
    result.putAll(b.spec().exposure().annotations());
    result.putAll(door(b, role).annotations());
    if (kind == ServiceKind.LOAD_BALANCER) {
      result.put(Annotations.DNS_HOSTNAME, DnsHostnames.of(b, role));
    }
    result.putAll(Annotations.inherited(b));
    return result;
  }
}
