package dev.pgoperator.config;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How database pods look where the manifest does not say. */
public record PodSettings(
    Image image,
    Security security,
    Scheduling scheduling,
    ResourceRules resources,
    Containers containers,
    Mounts mounts) {

  /**
   * {@code docker_image}, {@code enable_lazy_spilo_upgrade}, {@code enable_pgversion_env_var},
   * {@code enable_spilo_wal_path_compat}.
   */
  public record Image(
      String name, boolean lazyUpgrade, boolean versionVariable, boolean walPathCompat) {}

  /**
   * {@code spilo_runasuser}, {@code spilo_runasgroup}, {@code spilo_fsgroup}, {@code
   * spilo_privileged}, {@code spilo_allow_privilege_escalation}, {@code
   * additional_pod_capabilities}.
   */
  public record Security(
      OptionalLong runAsUser,
      OptionalLong runAsGroup,
      OptionalLong fsGroup,
      boolean privileged,
      boolean allowPrivilegeEscalation,
      List<String> additionalCapabilities) {}

  /**
   * {@code node_readiness_label*}, {@code toleration}, {@code pod_priority_class_name}, {@code
   * *antiaffinity*}, {@code pod_management_policy}, {@code pod_terminate_grace_period}.
   */
  public record Scheduling(
      NodeReadiness nodeReadiness,
      Map<String, String> toleration,
      String priorityClassName,
      AntiAffinity antiAffinity,
      boolean parallelStart,
      Duration terminateGracePeriod) {}

  /**
   * Labels of a ready node, and whether they join every term of a manifest ({@code AND}) or stand
   * beside them.
   */
  public record NodeReadiness(Map<String, String> labels, boolean joinsEveryTerm) {}

  /**
   * {@code enable_pod_antiaffinity}, {@code pod_antiaffinity_preferred_during_scheduling}, {@code
   * pod_antiaffinity_topology_key}.
   */
  public record AntiAffinity(boolean enabled, boolean preferred, String topologyKey) {}

  /**
   * {@code default_*}, {@code min_*_limit}, {@code max_*_request}, {@code
   * set_memory_request_to_limit}.
   */
  public record ResourceRules(
      Amounts defaults,
      String minCpuLimit,
      String minMemoryLimit,
      String maxCpuRequest,
      String maxMemoryRequest,
      boolean memoryRequestToLimit) {}

  /**
   * {@code sidecars}, {@code sidecar_docker_images}, {@code enable_sidecars}, {@code
   * enable_init_containers}, {@code liveness_probe}, {@code enable_readiness_probe}.
   */
  public record Containers(
      List<Container> sidecars,
      Map<String, String> sidecarImages,
      boolean sidecarsEnabled,
      boolean initContainersEnabled,
      Optional<Probe> livenessProbe,
      boolean readinessProbe) {

    /** Names only: the environment of a sidecar may hold a secret. */
    @Override
    public String toString() {
      return "Containers" + sidecars.stream().map(Container::getName).toList();
    }
  }

  /**
   * {@code enable_shm_volume}, {@code share_pgsocket_with_sidecars}, {@code
   * additional_secret_mount}, {@code additional_secret_mount_path}, {@code
   * pod_environment_configmap}, {@code pod_environment_secret}.
   */
  public record Mounts(
      boolean sharedMemory,
      boolean sharedSocket,
      String additionalSecret,
      String additionalSecretPath,
      NamespacedName environmentConfigMap,
      String environmentSecret) {}

  static PodSettings read(OptionReader o) {
    OptionReader k = o.group("kubernetes");
    OptionReader cloud = o.group("aws_or_gcp");
    return new PodSettings(
        new Image(
            o.text("docker_image", "ghcr.io/zalando/spilo-18:4.1-p2"),
            o.flag("enable_lazy_spilo_upgrade", false),
            o.flag("enable_pgversion_env_var", true),
            o.flag("enable_spilo_wal_path_compat", false)),
        new Security(
            k.identity("spilo_runasuser"),
            k.identity("spilo_runasgroup"),
            k.identity("spilo_fsgroup"),
            k.flag("spilo_privileged", false),
            k.flag("spilo_allow_privilege_escalation", true),
            k.texts("additional_pod_capabilities")),
        scheduling(k),
        resources(o),
        new Containers(
            o.containers("sidecars"),
            o.pairs("sidecar_docker_images", Map.of()),
            k.flag("enable_sidecars", true),
            k.flag("enable_init_containers", true),
            k.probe("liveness_probe"),
            k.flag("enable_readiness_probe", false)),
        new Mounts(
            o.flag("enable_shm_volume", true),
            k.flag("share_pgsocket_with_sidecars", false),
            cloud.text("additional_secret_mount", ""),
            cloud.text("additional_secret_mount_path", ""),
            k.name("pod_environment_configmap", ""),
            k.text("pod_environment_secret", "")));
  }

  private static Scheduling scheduling(OptionReader k) {
    return new Scheduling(
        new NodeReadiness(
            k.pairs("node_readiness_label", Map.of()),
            k.oneOf("node_readiness_label_merge", "OR", "OR", "AND").equals("AND")),
        k.pairs("toleration", Map.of()),
        k.text("pod_priority_class_name", ""),
        new AntiAffinity(
            k.flag("enable_pod_antiaffinity", false),
            k.flag("pod_antiaffinity_preferred_during_scheduling", false),
            k.text("pod_antiaffinity_topology_key", "kubernetes.io/hostname")),
        k.oneOf("pod_management_policy", "ordered_ready", "ordered_ready", "parallel")
            .equals("parallel"),
        k.duration("pod_terminate_grace_period", "5m"));
  }

  private static ResourceRules resources(OptionReader o) {
    OptionReader r = o.group("postgres_pod_resources");
    return new ResourceRules(
        Amounts.read(r, "default_", Amounts.NONE),
        r.quantity("min_cpu_limit", ""),
        r.quantity("min_memory_limit", ""),
        r.quantity("max_cpu_request", ""),
        r.quantity("max_memory_request", ""),
        o.flag("set_memory_request_to_limit", false));
  }
}
