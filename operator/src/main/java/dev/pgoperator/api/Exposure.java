package dev.pgoperator.api;

import java.util.List;
import java.util.Map;

/** How the services of the cluster and of its poolers are reached. */
public record Exposure(
    Door primary,
    Door replica,
    Door primaryPooler,
    Door replicaPooler,
    List<String> allowedSourceRanges,
    Map<String, String> annotations) {

  public Exposure {
    allowedSourceRanges = List.copyOf(allowedSourceRanges);
    annotations = Sorted.copyOf(annotations);
  }

  /**
   * One service; a node port wins over a load balancer.
   *
   * @param port node port, 0 lets Kubernetes choose
   * @param annotations for this service only; the poolers use those of the server role that they
   *     stand before
   */
  public record Door(
      Toggle loadBalancer, Toggle nodePort, int port, Map<String, String> annotations) {
    public Door {
      annotations = Sorted.copyOf(annotations);
    }
  }
}
