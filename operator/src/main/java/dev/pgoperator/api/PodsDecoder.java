package dev.pgoperator.api;

import dev.pgoperator.api.Pods.Containers;
import dev.pgoperator.api.Pods.Resources;
import dev.pgoperator.api.Pods.RunAs;
import dev.pgoperator.api.Pods.Scheduling;
import dev.pgoperator.api.Pods.Sidecar;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes what concerns the database pods. */
final class PodsDecoder {

  private PodsDecoder() {}

  static Pods decode(Fields spec) {
    return new Pods(
        spec.text("dockerImage"),
        resources(spec),
        scheduling(spec),
        new RunAs(
            spec.whole("spiloRunAsUser", 0, Long.MAX_VALUE),
            spec.whole("spiloRunAsGroup", 0, Long.MAX_VALUE),
            spec.whole("spiloFSGroup", 0, Long.MAX_VALUE)),
        new Containers(
            env(spec),
            spec.coreList("envFrom", EnvFromSource.class),
            initContainers(spec),
            sidecars(spec),
            spec.core("livenessProbe", Probe.class)),
        spec.texts("podAnnotations"));
  }

  /** {@code resources} of any part of the manifest. */
  static Resources resources(Fields parent) {
    return parent
        .optional("resources", f -> new Resources(amounts(f, "requests"), amounts(f, "limits")))
        .orElse(Resources.NONE);
  }

  private static Map<String, String> amounts(Fields resources, String kind) {
    Map<String, String> amounts = resources.quantities(kind);
    amounts.forEach(
        (name, amount) -> {
          if (!amount.isEmpty()) {
            Rules.resourceQuantity(amount)
                .ifPresent(
                    expected ->
                        resources.problem(kind + "." + name, Shown.value(amount), expected));
          }
        });
    return amounts;
  }

  private static Scheduling scheduling(Fields spec) {
    String priority = spec.text("podPriorityClassName");
    String oldPriority = spec.text("pod_priority_class_name");
    if (!oldPriority.isEmpty()) {
      spec.findings()
          .deprecated(spec.path("pod_priority_class_name"), spec.path("podPriorityClassName"));
    }
    return new Scheduling(
        spec.text("schedulerName"),
        priority.isEmpty() ? oldPriority : priority,
        spec.core("nodeAffinity", NodeAffinity.class),
        spec.coreList("tolerations", Toleration.class),
        spec.coreList("topologySpreadConstraints", TopologySpreadConstraint.class));
  }

  private static List<Container> initContainers(Fields spec) {
    String name = "initContainers";
    if (spec.has("init_containers")) {
      spec.findings().deprecated(spec.path("init_containers"), spec.path(name));
      if (!spec.has(name)) {
        name = "init_containers";
      }
    }
    List<Container> containers = spec.coreList(name, Container.class);
    for (int i = 0; i < containers.size(); i++) {
      String at = name + "[" + i + "]";
      require(spec, at + ".name", containers.get(i).getName(), "a container name");
      require(spec, at + ".image", containers.get(i).getImage(), "an image");
    }
    return containers;
  }

  private static void require(Fields spec, String at, @Nullable String value, String expected) {
    if (value == null || value.isEmpty()) {
      spec.problem(at, "nothing", expected);
    }
  }

  static List<EnvVar> env(Fields owner) {
    List<EnvVar> env = owner.coreList("env", EnvVar.class);
    for (int i = 0; i < env.size(); i++) {
      require(owner, "env[" + i + "].name", env.get(i).getName(), "a variable name");
    }
    return env;
  }

  private static List<Sidecar> sidecars(Fields spec) {
    List<Sidecar> given = spec.objects("sidecars", PodsDecoder::sidecar);
    List<Sidecar> named = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Sidecar s = given.get(i);
      String name = s.name().isEmpty() ? "sidecar-" + i : s.name();
      named.add(new Sidecar(name, s.image(), s.ports(), s.env(), s.command(), s.resources()));
    }
    return named;
  }

  private static Sidecar sidecar(Fields f) {
    Sidecar sidecar =
        new Sidecar(
            f.text("name"),
            f.text("image"),
            f.coreList("ports", ContainerPort.class),
            env(f),
            f.textList("command"),
            resources(f));
    if (sidecar.image().isEmpty()) {
      f.problem("image", "nothing", "an image");
    }
    return sidecar;
  }
}
