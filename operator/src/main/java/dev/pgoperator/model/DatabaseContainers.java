package dev.pgoperator.model;

import dev.pgoperator.config.PodSettings.Security;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The container of the database itself (behaviour.md §1.6); its mounts are added by {@link
 * PodVolumes}.
 */
final class DatabaseContainers {

  private static final int PATRONI_PORT = 8008;
  private static final int POSTGRES_PORT = 5432;
  private static final int MONITOR_PORT = 8080;

  private DatabaseContainers() {}

  static Container desired(Blueprint b) {
    var own = b.spec().pods();
    String image =
        own.dockerImage().isEmpty() ? b.config().pods().image().name() : own.dockerImage();
    Container container = new Container();
    container.setName(Names.DATABASE_CONTAINER);
    container.setImage(image);
    container.setImagePullPolicy("IfNotPresent");
    container.setPorts(ports());
    container.setResources(ContainerResources.database(b).value());
    container.setEnvFrom(own.containers().envFrom());
    container.setSecurityContext(securityWithCapabilities(b.config().pods().security()));
    container.setEnv(DatabaseEnvironment.of(b));
    if (b.config().pods().containers().readinessProbe()) {
      container.setReadinessProbe(readiness());
    }
    Optional<Probe> liveness =
        own.containers().livenessProbe().or(() -> b.config().pods().containers().livenessProbe());
    liveness.ifPresent(container::setLivenessProbe);
    return container;
  }

  static List<ContainerPort> ports() {
    return List.of(port(PATRONI_PORT), port(POSTGRES_PORT), port(MONITOR_PORT));
  }

  static ContainerPort port(int number) {
    ContainerPort port = new ContainerPort();
    port.setContainerPort(number);
    port.setProtocol("TCP");
    return port;
  }

  /** What containers may do that run the database's tools. */
  static SecurityContext security(Security configured) {
    SecurityContext context = new SecurityContext();
    context.setAllowPrivilegeEscalation(configured.allowPrivilegeEscalation());
    context.setPrivileged(configured.privileged());
    context.setReadOnlyRootFilesystem(false);
    return context;
  }

  private static SecurityContext securityWithCapabilities(Security configured) {
    SecurityContext context = security(configured);
    List<String> added =
        configured.additionalCapabilities().stream().map(c -> c.toUpperCase(Locale.ROOT)).toList();
    if (!added.isEmpty()) {
      context.setCapabilities(new Capabilities(added, List.of()));
    }
    return context;
  }

  private static Probe readiness() {
    HTTPGetAction get = new HTTPGetAction();
    get.setPath("/readiness");
    get.setPort(new IntOrString(PATRONI_PORT));
    get.setScheme("HTTP");
    Probe probe = new Probe();
    probe.setHttpGet(get);
    probe.setInitialDelaySeconds(6);
    probe.setPeriodSeconds(10);
    probe.setTimeoutSeconds(5);
    probe.setSuccessThreshold(1);
    probe.setFailureThreshold(3);
    return probe;
  }
}
