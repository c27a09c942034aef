package dev.pgoperator.model;

import dev.pgoperator.api.Pods.Resources;
import dev.pgoperator.api.Pods.Sidecar;
import dev.pgoperator.config.AddOnSettings.Scalyr;
import dev.pgoperator.config.PodSettings.ResourceRules;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Containers beside the database, from four sources of which the earlier one wins a name
 * (behaviour.md §1.6, Sidecars).
 */
final class Sidecars {

  private static final String SCALYR = "scalyr-sidecar";

  private Sidecars() {}

  static List<Container> of(Blueprint b) {
    Map<String, Container> byName = new LinkedHashMap<>();
    for (Container container : candidates(b)) {
      byName.putIfAbsent(container.getName(), container);
    }
    // The name of the database's container is taken, whoever asks for it.
    byName.remove(Names.DATABASE_CONTAINER);
    return byName.values().stream().map(c -> withConnection(b, c)).toList();
  }

  /** Names that more than one source asks for. */
  static Collection<String> contested(Blueprint b) {
    List<String> names =
        new ArrayList<>(candidates(b).stream().map(Container::getName).sorted().toList());
    names.add(Names.DATABASE_CONTAINER);
    return names.stream().filter(n -> names.indexOf(n) != names.lastIndexOf(n)).distinct().toList();
  }

  private static List<Container> candidates(Blueprint b) {
    List<Container> all = new ArrayList<>();
    b.spec().pods().containers().sidecars().forEach(s -> all.add(fromManifest(b, s)));
    all.addAll(b.config().pods().containers().sidecars());
    b.config()
        .pods()
        .containers()
        .sidecarImages()
        .forEach((name, image) -> all.add(fromImage(b, name, image)));
    Scalyr scalyr = b.config().addOns().scalyr();
    if (scalyr.isOn()) {
      all.add(scalyr(b, scalyr));
    }
    return all;
  }

  private static ContainerBuilder container(String name, String image) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(image)
        .withImagePullPolicy("IfNotPresent");
  }

  private static Container fromManifest(Blueprint b, Sidecar s) {
    ResourceRules rules = b.config().pods().resources();
    return container(s.name(), s.image())
        .withPorts(s.ports())
        .withEnv(s.env())
        .withCommand(s.command())
        .withResources(ContainerResources.other(s.resources(), rules.defaults(), rules).value())
        .build();
  }

  private static Container fromImage(Blueprint b, String name, String image) {
    ResourceRules rules = b.config().pods().resources();
    return container(name, image)
        .withResources(ContainerResources.other(Resources.NONE, rules.defaults(), rules).value())
        .build();
  }

  private static Container scalyr(Blueprint b, Scalyr scalyr) {
    List<EnvVar> env = new ArrayList<>();
    env.add(Env.value("SCALYR_API_KEY", scalyr.apiKey().reveal()));
    env.add(Env.value("SCALYR_SERVER_HOST", b.name()));
    if (!scalyr.serverUrl().isEmpty()) {
      env.add(Env.value("SCALYR_SERVER_URL", scalyr.serverUrl()));
    }
    ResourceRules rules = b.config().pods().resources();
    return container(SCALYR, scalyr.image())
        .withEnv(env)
        .withResources(ContainerResources.other(Resources.NONE, scalyr.resources(), rules).value())
        .build();
  }

  /**
   * Puts how to reach the database before the container's own variables, which cannot override it.
   */
  private static Container withConnection(Blueprint b, Container container) {
    Env env = new Env();
    env.add(Env.field("POD_NAME", "metadata.name"));
    env.add(Env.field("POD_NAMESPACE", "metadata.namespace"));
    env.add(Env.value("POSTGRES_USER", b.config().roles().system().superuser()));
    env.add(Env.secret("POSTGRES_PASSWORD", Names.superuserSecret(b), "password"));
    container.getEnv().forEach(env::add);
    Container connected = new ContainerBuilder(container).withEnv(List.of()).build();
    connected.setEnv(env.list());
    return connected;
  }
}
