package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;

/** The pods of a pooler (behaviour.md §7.3). */
public final class PoolerDeployments {

  private static final String CONTAINER = "connection-pooler";

  /** User and group of PgBouncer in its image. */
  private static final long USER = 100;

  private static final long GROUP = 101;

  private PoolerDeployments() {}

  /**
   * The Deployment of one pooler.
   *
   * @param roles all roles of the cluster, because some may see the pooler's statistics
   */
  public static Deployment desired(Blueprint b, Role role, RoleSet roles) {
    Deployment deployment =
        new DeploymentBuilder()
            .withMetadata(
                Metadata.of(
                    b, Names.pooler(b.id(), role), Labels.pooler(b, role), Annotations.workload(b)))
            .withNewSpec()
            .withReplicas(PoolerSettings.of(b).instances())
            .withNewSelector()
            .withMatchLabels(Labels.poolerSelector(b, role))
            .endSelector()
            .endSpec()
            .build();
    deployment.getSpec().setTemplate(template(b, role, roles));
    return deployment;
  }

  private static PodTemplateSpec template(Blueprint b, Role role, RoleSet roles) {
    PodVolumes volumes = PodVolumes.ofPooler(b, Names.userList(b.id(), role));
    Container container = container(b, role, roles);
    volumes.mountIn(container);
    PodSpec spec =
        new PodSpecBuilder()
            .withServiceAccountName(b.config().objects().podAccount().name())
            .withTerminationGracePeriodSeconds(
                b.config().pods().scheduling().terminateGracePeriod().toSeconds())
            .build();
    spec.setSecurityContext(security(b));
    spec.setTolerations(PodTemplates.tolerations(b));
    spec.setContainers(List.of(container));
    spec.setVolumes(volumes.volumes());
    Affinities.of(b, Labels.poolerSelector(b, role)).ifPresent(spec::setAffinity);
    return new PodTemplateSpec(
        Metadata.unnamed(b.namespace(), Labels.pooler(b, role), Annotations.podWithoutIdentity(b)),
        spec);
  }

  private static PodSecurityContext security(Blueprint b) {
    PodSecurityContext context = new PodSecurityContext();
    context.setRunAsUser(USER);
    context.setRunAsGroup(GROUP);
    PodTemplates.either(b.spec().pods().runAs().fsGroup(), b.config().pods().security().fsGroup())
        .ifPresent(context::setFsGroup);
    return context;
  }

  private static Container container(Blueprint b, Role role, RoleSet roles) {
    Container container =
        new ContainerBuilder()
            .withName(CONTAINER)
            .withImage(PoolerSettings.of(b).image())
            .withImagePullPolicy("IfNotPresent")
            .addNewPort()
            .withContainerPort(Entrance.PORT)
            .withProtocol("TCP")
            .endPort()
            .withNewReadinessProbe()
            .withNewTcpSocket()
            .withNewPort(Entrance.PORT)
            .endTcpSocket()
            .endReadinessProbe()
            .withNewSecurityContext()
            .withAllowPrivilegeEscalation(false)
            .endSecurityContext()
            .withResources(
                ContainerResources.other(
                        b.spec().access().pooler().pods().resources(),
                        b.config().addOns().pooler().resources(),
                        b.config().pods().resources())
                    .value())
            .build();
    container.setEnv(PoolerEnvironment.of(b, role, roles));
    return container;
  }
}
