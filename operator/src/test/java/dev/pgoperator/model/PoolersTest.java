package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolersTest {

  private static final String ON = "  enableConnectionPooler: true\n";

  private static Deployment deployment(Blueprint b, Role role) {
    return PoolerDeployments.desired(b, role, Roles.of(b));
  }

  private static PodSpec pod(Blueprint b) {
    return deployment(b, Role.PRIMARY).getSpec().getTemplate().getSpec();
  }

  private static Map<String, String> variables(Blueprint b) {
    return pod(b).getContainers().getFirst().getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  @ParameterizedTest
  @CsvSource({"60,2,30,15,7", "25,1,25,12,6", "7,2,3,1,0", "1,1,1,1,0", "1,3,1,1,0"})
  void connectionsAreSharedByThePodsAndNeverComeToNone(
      int connections, int pods, String perPod, String size, String least) {
    Blueprint b =
        Blueprints.of(
            ON
                + "  connectionPooler: {maxDBConnections: %d, numberOfInstances: %d}\n"
                    .formatted(connections, pods));
    assertThat(variables(b))
        .containsEntry("CONNECTION_POOLER_MAX_DB_CONN", perPod)
        .containsEntry("CONNECTION_POOLER_DEFAULT_SIZE", size)
        .containsEntry("CONNECTION_POOLER_MIN_SIZE", least)
        .containsEntry("CONNECTION_POOLER_RESERVE_SIZE", least);
  }

  @Test
  void whatTheManifestLeavesOutComesFromTheConfiguration() {
    Blueprint b =
        Blueprints.of(
            ON,
            Map.of(
                "connection_pooler_mode", "session",
                "connection_pooler_schema", "gate",
                "connection_pooler_image", "mine:1",
                "connection_pooler_number_of_instances", "3",
                "connection_pooler_max_db_connections", "0",
                "connection_pooler_default_cpu_request", "50m"));
    assertThat(deployment(b, Role.PRIMARY).getSpec().getReplicas()).isEqualTo(3);
    assertThat(pod(b).getContainers().getFirst().getImage()).isEqualTo("mine:1");
    assertThat(pod(b).getContainers().getFirst().getResources().getRequests()).containsKey("cpu");
    assertThat(variables(b))
        .containsEntry("CONNECTION_POOLER_MODE", "session")
        .containsEntry("PGSCHEMA", "gate")
        .as("no number at all means the built-in 60")
        .containsEntry("CONNECTION_POOLER_MAX_DB_CONN", "20");
  }

  @Test
  void aReservedUserIsReplacedInTheRoleAndInThePod() {
    Blueprint b = Blueprints.of(ON + "  connectionPooler: {user: postgres}\n");
    EnvVar user =
        pod(b).getContainers().getFirst().getEnv().stream()
            .filter(variable -> variable.getName().equals("PGUSER"))
            .findFirst()
            .orElseThrow();
    assertThat(user.getValueFrom().getSecretKeyRef().getName())
        .isEqualTo("pooler.demo.credentials.postgresql.acid.zalan.do");
    assertThat(Roles.of(b).named("pooler")).isPresent();
    assertThat(Notes.of(b))
        .containsExactly(
            new Note(
                "ConnectionPooler",
                "the connection pooler's user postgres is reserved; using pooler"));
  }

  @Test
  void thePodsStandApartAndKeepTheirOwnUser() {
    Blueprint b =
        Blueprints.of(
            ON + "  spiloRunAsUser: 7\n  spiloFSGroup: 103\n  podPriorityClassName: high\n",
            Map.of("enable_pod_antiaffinity", "true", "kube_iam_role", "db"));
    assertThat(
            pod(b)
                .getAffinity()
                .getPodAntiAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution())
        .singleElement()
        .satisfies(
            term ->
                assertThat(term.getLabelSelector().getMatchLabels())
                    .containsOnly(
                        Map.entry("application", "db-connection-pooler"),
                        Map.entry("cluster-name", "demo"),
                        Map.entry("connection-pooler", "demo-pooler")));
    assertThat(pod(b).getSecurityContext().getRunAsUser()).isEqualTo(100);
    assertThat(pod(b).getSecurityContext().getFsGroup()).isEqualTo(103);
    assertThat(pod(b).getPriorityClassName()).isNull();
    assertThat(deployment(b, Role.PRIMARY).getSpec().getTemplate().getMetadata().getAnnotations())
        .isEmpty();
  }

  @Test
  void theReplicasPoolerHasDoorsOfItsOwn() {
    Blueprint b =
        Blueprints.of(
            """
              enableReplicaConnectionPooler: true
              enableReplicaPoolerLoadBalancer: true
              replicaServiceAnnotations: {a: b}
            """);
    Service service = PoolerServices.desired(b, Role.REPLICA);
    assertThat(service.getSpec().getType()).isEqualTo("LoadBalancer");
    assertThat(service.getSpec().getLoadBalancerSourceRanges()).containsExactly("127.0.0.1/32");
    assertThat(service.getMetadata().getAnnotations())
        .containsOnly(
            Map.entry("a", "b"),
            Map.entry(
                "external-dns.alpha.kubernetes.io/hostname", "demo-pooler-repl.ns.db.example.com"));
    assertThat(PoolerSettings.isOn(b, Role.PRIMARY)).isFalse();
  }

  private static InfrastructureRole robot(String name) {
    return new InfrastructureRole(
        name, new SecretText("p"), List.of(), RoleDefinition.Standing.ALONE, Map.of());
  }

  @Test
  void rolesOfTheInfrastructureAreInTheListAndSeeStatistics() {
    Blueprint b =
        Blueprints.with(
            new RoleSources(List.of(robot("watcher"), robot("auditor")), People.NOBODY),
            ON,
            Map.of());
    RoleSet roles = Roles.of(b);

    assertThat(UserLists.members(b, roles))
        .extracting(RoleDefinition::name)
        .containsExactlyInAnyOrder("pooler", "auditor", "watcher");
    assertThat(
            PoolerDeployments.desired(b, Role.PRIMARY, roles)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv())
        .contains(new EnvVar("INFRASTRUCTURE_ROLES", "auditor,watcher", null));
  }

  @Test
  void theListIsSortedAndItsQuotesAreDoubled() {
    Secret list =
        UserLists.desired(
            Blueprints.of(ON),
            Role.PRIMARY,
            Map.of("pooler", new SecretText("x"), "odd", new SecretText("a\"b")));
    assertThat(
            new String(
                Base64.getDecoder().decode(list.getData().get("userlist.txt")),
                StandardCharsets.UTF_8))
        .isEqualTo("\"odd\" \"a\"\"b\"\n\"pooler\" \"x\"\n");
  }

  @Test
  void aChangedTemplateRestartsPodsAndAChangedSelectorMakesThemAnew() {
    Deployment live = deployment(Blueprints.of(ON), Role.PRIMARY);
    Blueprint edited =
        Blueprints.of(
            ON + "  connectionPooler: {mode: session, numberOfInstances: 4}\n",
            Map.of("cluster_name_label", "cluster"));

    Map<String, Effect> effects =
        Drift.compare(deployment(edited, Role.PRIMARY), live).stream()
            .collect(Collectors.toMap(Difference::field, Difference::effect));

    assertThat(effects)
        .containsEntry("spec.replicas", Effect.IN_PLACE)
        .containsEntry(
            "spec.template.spec.containers[connection-pooler].env[CONNECTION_POOLER_MODE].value",
            Effect.POD_RECREATION)
        .containsEntry("spec.selector.matchLabels.cluster", Effect.RECREATE_OBJECT);
  }
}
