package dev.pgoperator.model;

import dev.pgoperator.api.Exposure.Door;

/** How a service is reached from outside; a node port beats a load balancer (api.md §3.14). */
enum ServiceKind {
  CLUSTER_IP("ClusterIP"),
  NODE_PORT("NodePort"),
  LOAD_BALANCER("LoadBalancer");

  private final String text;

  ServiceKind(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  static ServiceKind of(Door door, boolean nodePortByDefault, boolean loadBalancerByDefault) {
    if (door.nodePort().or(nodePortByDefault)) {
      return NODE_PORT;
    }
    return door.loadBalancer().or(loadBalancerByDefault) ? LOAD_BALANCER : CLUSTER_IP;
  }
}
