package dev.pgoperator.api;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How the database pods look; empty values are left to the configuration. */
public record Pods(
    String dockerImage,
    Resources resources,
    Scheduling scheduling,
    RunAs runAs,
    Containers containers,
    Map<String, String> annotations) {

  public Pods {
    annotations = Sorted.copyOf(annotations);
  }

  /**
   * Quantities by resource name ({@code cpu}, {@code memory}, {@code hugepages-2Mi}…), in their
   * written form.
   */
  public record Resources(Map<String, String> requests, Map<String, String> limits) {
    public static final Resources NONE = new Resources(Map.of(), Map.of());

    public Resources {
      requests = Sorted.copyOf(requests);
      limits = Sorted.copyOf(limits);
    }
  }

  /** Where pods may run. */
  public record Scheduling(
      String schedulerName,
      String priorityClassName,
      Optional<NodeAffinity> nodeAffinity,
      List<Toleration> tolerations,
      List<TopologySpreadConstraint> topologySpreadConstraints) {
    public Scheduling {
      tolerations = List.copyOf(tolerations);
      topologySpreadConstraints = List.copyOf(topologySpreadConstraints);
    }
  }

  /** User and groups of the pod; 0 is root and therefore not the same as absent. */
  public record RunAs(OptionalLong user, OptionalLong group, OptionalLong fsGroup) {}

  /** Containers and what is put into the one of the database. */
  public record Containers(
      List<EnvVar> env,
      List<EnvFromSource> envFrom,
      List<Container> initContainers,
      List<Sidecar> sidecars,
      Optional<Probe> livenessProbe) {
    public Containers {
      env = List.copyOf(env);
      envFrom = List.copyOf(envFrom);
      initContainers = List.copyOf(initContainers);
      sidecars = List.copyOf(sidecars);
    }
  }

  /** One container beside the database; its name is filled in when the manifest gave none. */
  public record Sidecar(
      String name,
      String image,
      List<ContainerPort> ports,
      List<EnvVar> env,
      List<String> command,
      Resources resources) {
    public Sidecar {
      ports = List.copyOf(ports);
      env = List.copyOf(env);
      command = List.copyOf(command);
    }
  }
}
