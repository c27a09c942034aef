package dev.pgoperator.model;

import dev.pgoperator.api.Pods.RunAs;
import dev.pgoperator.config.PodSettings.Security;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The pod template of a cluster's StatefulSet (behaviour.md §1.6). */
public final class PodTemplates {

  private PodTemplates() {}

  public static PodTemplateSpec desired(Blueprint b) {
    var pods = b.spec().pods();
    var scheduling = b.config().pods().scheduling();
    PodVolumes volumes = PodVolumes.of(b);
    PodSpec spec = spec(b);
    if (!pods.scheduling().schedulerName().isEmpty()) {
      spec.setSchedulerName(pods.scheduling().schedulerName());
    }
    String priority = either(pods.scheduling().priorityClassName(), scheduling.priorityClassName());
    if (!priority.isEmpty()) {
      spec.setPriorityClassName(priority);
    }
    spec.setSecurityContext(security(b));
    spec.setTolerations(tolerations(b));
    spec.setTopologySpreadConstraints(pods.scheduling().topologySpreadConstraints());
    Affinities.of(b).ifPresent(spec::setAffinity);
    spec.setInitContainers(pods.containers().initContainers());
    spec.setContainers(containers(b, volumes));
    spec.setVolumes(volumes.volumes());
    return new PodTemplateSpec(
        Metadata.unnamed(b.namespace(), Labels.object(b), Annotations.pod(b)), spec);
  }

  /** What the pods of databases, poolers and backups have in common. */
  static PodSpec spec(Blueprint b) {
    PodSpec spec = new PodSpec();
    spec.setServiceAccountName(b.config().objects().podAccount().name());
    spec.setTerminationGracePeriodSeconds(
        b.config().pods().scheduling().terminateGracePeriod().toSeconds());
    return spec;
  }

  private static List<Container> containers(Blueprint b, PodVolumes volumes) {
    List<Container> containers = new ArrayList<>();
    containers.add(DatabaseContainers.desired(b));
    containers.addAll(Sidecars.of(b));
    containers.forEach(volumes::mountIn);
    return containers;
  }

  /** An object even when it says nothing, as it has always been. */
  static PodSecurityContext security(Blueprint b) {
    RunAs own = b.spec().pods().runAs();
    Security configured = b.config().pods().security();
    PodSecurityContext context = new PodSecurityContext();
    either(own.user(), configured.runAsUser()).ifPresent(context::setRunAsUser);
    either(own.group(), configured.runAsGroup()).ifPresent(context::setRunAsGroup);
    either(own.fsGroup(), configured.fsGroup()).ifPresent(context::setFsGroup);
    return context;
  }

  /** The manifest's tolerations replace the configured one. */
  public static List<Toleration> tolerations(Blueprint b) {
    List<Toleration> own = b.spec().pods().scheduling().tolerations();
    Map<String, String> configured = b.config().pods().scheduling().toleration();
    if (!own.isEmpty()) {
      return own;
    }
    Toleration toleration = new Toleration();
    toleration.setKey(configured.get("key"));
    toleration.setOperator(configured.get("operator"));
    toleration.setValue(configured.get("value"));
    toleration.setEffect(configured.get("effect"));
    return toleration.equals(new Toleration()) ? List.of() : List.of(toleration);
  }

  static OptionalLong either(OptionalLong first, OptionalLong second) {
    return first.isPresent() ? first : second;
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }
}
