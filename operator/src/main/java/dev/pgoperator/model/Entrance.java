package dev.pgoperator.model;

import dev.pgoperator.api.Exposure.Door;
import dev.pgoperator.config.ObjectSettings.Exposure;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one of a cluster's services is reached: what the manifest says of it, and what the
 * configuration says where the manifest is silent (api.md §3.14).
 */
record Entrance(Door door, ServiceKind kind) {

  static final int PORT = 5432;

  static Entrance ofServers(Blueprint b, Role role) {
    Exposure configured = b.config().objects().exposure();
    var own = b.spec().exposure();
    return switch (role) {
      case PRIMARY ->
          of(own.primary(), configured.nodePort().primary(), configured.loadBalancer().primary());
      case REPLICA ->
          of(own.replica(), configured.nodePort().replica(), configured.loadBalancer().replica());
    };
  }

  static Entrance ofPooler(Blueprint b, Role role) {
    Exposure configured = b.config().objects().exposure();
    var own = b.spec().exposure();
    return switch (role) {
      case PRIMARY ->
          of(
              own.primaryPooler(),
              configured.nodePort().primaryPooler(),
              configured.loadBalancer().primaryPooler());
      case REPLICA ->
          of(
              own.replicaPooler(),
              configured.nodePort().replicaPooler(),
              configured.loadBalancer().replicaPooler());
    };
  }

  private static Entrance of(Door door, boolean nodePort, boolean loadBalancer) {
    return new Entrance(door, ServiceKind.of(door, nodePort, loadBalancer));
  }

  /** The service's spec but for its selector. */
  ServiceSpec spec(Blueprint b, String portName) {
    ServiceSpec spec = new ServiceSpec();
    spec.setType(kind.text());
    spec.setPorts(List.of(port(portName)));
    if (kind != ServiceKind.CLUSTER_IP) {
      spec.setExternalTrafficPolicy(b.config().objects().exposure().externalTrafficPolicy());
    }
    if (kind == ServiceKind.LOAD_BALANCER) {
      List<String> ranges = b.spec().exposure().allowedSourceRanges();
      spec.setLoadBalancerSourceRanges(ranges.isEmpty() ? List.of("127.0.0.1/32") : ranges);
    }
    return spec;
  }

  private ServicePort port(String name) {
    ServicePort port = new ServicePort();
    port.setName(name);
    port.setPort(PORT);
    port.setProtocol("TCP");
    port.setTargetPort(new IntOrString(PORT));
    // A port counts only beside the manifest's own word for it, not beside the configuration's.
    if (kind == ServiceKind.NODE_PORT && door.nodePort().isSet() && door.port() != 0) {
      port.setNodePort(door.port());
    }
    return port;
  }

  /**
   * The service's annotations.
   *
   * @param hostnames what external-dns is to call the load balancer
   */
  Map<String, String> annotations(Blueprint b, String hostnames) {
    Map<String, String> result = new TreeMap<>(b.config().objects().exposure().customAnnotations());
    result.putAll(b.spec().exposure().annotations());
    result.putAll(door.annotations());
    if (kind == ServiceKind.LOAD_BALANCER) {
      result.put(Annotations.DNS_HOSTNAME, hostnames);
    }
    result.putAll(Annotations.inherited(b));
    return result;
  }
}
