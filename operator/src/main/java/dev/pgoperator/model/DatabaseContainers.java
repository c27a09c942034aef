package dev.pgoperator.model;

import dev.pgoperator.config.PodSettings.Security;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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
    ContainerBuilder container =
        new ContainerBuilder()
            .withName(Names.DATABASE_CONTAINER)
            .withImage(image)
            .withImagePullPolicy("IfNotPresent")
            .withPorts(ports())
            .withResources(ContainerResources.database(b).value())
            .withEnvFrom(own.containers().envFrom())
            .withSecurityContext(securityWithCapabilities(b.config().pods().security()));
    if (b.config().pods().containers().readinessProbe()) {
      container.withReadinessProbe(readiness());
    }
    Optional<Probe> liveness =
        own.containers().livenessProbe().or(() -> b.config().pods().containers().livenessProbe());
    liveness.ifPresent(container::withLivenessProbe);
    Container built = container.build();
    built.setEnv(DatabaseEnvironment.of(b));
    return built;
  }

  static List<ContainerPort> ports() {
    return Stream.of(PATRONI_PORT, POSTGRES_PORT, MONITOR_PORT)
        .map(p -> new ContainerPortBuilder().withContainerPort(p).withProtocol("TCP").build())
        .toList();
  }

  /** What containers may do that run the database's tools. */
  static SecurityContext security(Security configured) {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(configured.allowPrivilegeEscalation())
        .withPrivileged(configured.privileged())
        .withReadOnlyRootFilesystem(false)
        .build();
  }

  private static SecurityContext securityWithCapabilities(Security configured) {
    SecurityContextBuilder context = new SecurityContextBuilder(security(configured));
    List<String> added =
        configured.additionalCapabilities().stream().map(c -> c.toUpperCase(Locale.ROOT)).toList();
    if (!added.isEmpty()) {
      context.withNewCapabilities().withAdd(added).endCapabilities();
    }
    return context.build();
  }

  private static Probe readiness() {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/readiness")
        .withNewPort(PATRONI_PORT)
        .withScheme("HTTP")
        .endHttpGet()
        .withInitialDelaySeconds(6)
        .withPeriodSeconds(10)
        .withTimeoutSeconds(5)
        .withSuccessThreshold(1)
        .withFailureThreshold(3)
        .build();
  }
}
