package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
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
    DeploymentSpec spec = new DeploymentSpec();
    spec.setReplicas(PoolerSettings.of(b).instances());
    spec.setSelector(new LabelSelector(List.of(), Labels.poolerSelector(b, role)));
    spec.setTemplate(template(b, role, roles));
    Deployment deployment = new Deployment();
    deployment.setMetadata(
        Metadata.of(
            b, Names.pooler(b.id(), role), Labels.pooler(b, role), Annotations.workload(b)));
    deployment.setSpec(spec);
    return deployment;
  }

  private static PodTemplateSpec template(Blueprint b, Role role, RoleSet roles) {
    PodVolumes volumes = PodVolumes.ofPooler(b, Names.userList(b.id(), role));
    Container container = container(b, role, roles);
    volumes.mountIn(container);
    PodSpec spec = PodTemplates.spec(b);
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
    SecurityContext security = new SecurityContext();
    security.setAllowPrivilegeEscalation(false);
    Container container = new Container();
    container.setName(CONTAINER);
    container.setImage(PoolerSettings.of(b).image());
    container.setImagePullPolicy("IfNotPresent");
    container.setPorts(List.of(DatabaseContainers.port(Entrance.PORT)));
    container.setReadinessProbe(readiness());
    container.setSecurityContext(security);
    container.setResources(
        ContainerResources.other(
                b.spec().access().pooler().pods().resources(),
                b.config().addOns().pooler().resources(),
                b.config().pods().resources())
            .value());
    container.setEnv(PoolerEnvironment.of(b, role, roles));
    return container;
  }

  private static Probe readiness() {
    Probe probe = new Probe();
    probe.setTcpSocket(new TCPSocketAction(null, new IntOrString(Entrance.PORT)));
    return probe;
  }
}
