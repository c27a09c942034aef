package dev.pgoperator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pgoperator.api.Deprecation;
import dev.pgoperator.api.Problem;
import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.RoleSettings.InfrastructureSecret;
import dev.pgoperator.config.RoleSettings.SecretKeys;
import dev.pgoperator.config.RoleSettings.StandIns;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReadingTest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static ConfigReading configMap(String key, String value) {
    return OperatorConfigs.fromConfigMap(Map.of(key, value));
  }

  private static ConfigReading object(String configuration) {
    String yaml = "kind: OperatorConfiguration\nconfiguration:\n" + configuration.indent(2);
    try {
      return OperatorConfigs.fromObject(YAML.readValue(yaml, GenericKubernetesResource.class));
    } catch (JsonProcessingException e) {
      throw new AssertionError(yaml, e);
    }
  }

  @Test
  void hasDifferentDefaultsForTheTwoSources() {
    OperatorConfig fromMap = OperatorConfigs.defaults();
    OperatorConfig fromObject = object("workers: 4").config();
    assertThat(fromMap.objects().exposure().loadBalancer().primary()).isTrue();
    assertThat(fromObject.objects().exposure().loadBalancer().primary()).isFalse();
    assertThat(fromMap.roles().teams().api().enabled()).isTrue();
    assertThat(fromObject.roles().teams().api().enabled()).isFalse();
    assertThat(fromObject.roles().teams().objects().enabled()).isTrue();
  }

  @Test
  void keepsDefaultsOfAGroupThatIsMissing() {
    OperatorConfig config = object("workers: 4").config();
    assertThat(config.objects().naming().secretTemplate())
        .isEqualTo("{username}.{cluster}.credentials.{tprkind}.{tprgroup}");
    assertThat(config.operator().pace().workers()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"1h30m,5400000", "500ms,500", "1.5s,1500", "2m,120000"})
  void readsDurationsOfGo(String text, long millis) {
    Duration read = configMap("resync_period", text).config().operator().pace().resyncPeriod();
    assertThat(read).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"16,16", "0x10,16", "0o20,16", "1_000,1000"})
  void readsIntegersOfGo(String text, int number) {
    assertThat(configMap("workers", text).config().operator().pace().workers()).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "workers,many,8",
    "workers,0,8",
    "resync_period,30,PT30M",
    "pod_management_policy,sideways,false",
    "enable_sidecars,perhaps,true",
    "default_cpu_request,lots,''",
    "min_instances,'',-1",
    "cluster_labels,a,{application=spilo}"
  })
  void reportsABadValueAndUsesTheDefault(String key, String value, String expected) {
    ConfigReading reading = configMap(key, value);
    assertThat(reading.problems()).extracting(Problem::field).containsExactly(key);
    OperatorConfig c = reading.config();
    Object used =
        switch (key) {
          case "workers" -> c.operator().pace().workers();
          case "resync_period" -> c.operator().pace().resyncPeriod();
          case "pod_management_policy" -> c.pods().scheduling().parallelStart();
          case "enable_sidecars" -> c.pods().containers().sidecarsEnabled();
          case "default_cpu_request" -> c.pods().resources().defaults().cpuRequest();
          case "min_instances" -> c.server().instances().least();
          default -> c.objects().labels().cluster();
        };
    assertThat(used).hasToString(expected);
  }

  @Test
  void reportsEveryBadValueAtOnce() {
    ConfigReading reading =
        object(
            "workers: many\nkubernetes: {enable_sidecars: 5, pod_terminate_grace_period: long}\ntimeouts: no");
    assertThat(reading.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "configuration.workers",
            "configuration.timeouts",
            "configuration.kubernetes.enable_sidecars",
            "configuration.kubernetes.pod_terminate_grace_period");
  }

  @Test
  void listsKeysItDoesNotKnow() {
    assertThat(configMap("novelty", "x").unknownKeys()).containsExactly("novelty");
    assertThat(object("novelty: 1\nkubernetes: {color: blue}").unknownKeys())
        .containsExactly("configuration.kubernetes.color", "configuration.novelty");
  }

  @Test
  void acceptsKeysThatLostTheirEffect() {
    ConfigReading reading = configMap("enable_crd_validation", "true");
    assertThat(reading.unknownKeys()).isEmpty();
    assertThat(reading.deprecated()).containsExactly(new Deprecation("enable_crd_validation", ""));
  }

  @Test
  void namesTheSuccessorOfADeprecatedOption() {
    assertThat(configMap("enable_load_balancer", "true").deprecated())
        .extracting(Deprecation::text)
        .containsExactly(
            "enable_load_balancer is deprecated, use enable_master_load_balancer and"
                + " enable_replica_load_balancer");
    assertThat(object("kubernetes: {infrastructure_roles_secret_name: roles}").deprecated())
        .containsExactly(
            new Deprecation(
                "configuration.kubernetes.infrastructure_roles_secret_name",
                "infrastructure_roles_secrets"));
  }

  @Test
  void doesNotBlameAnyoneForADefaultThatTheApiServerFilledIn() {
    String written = "load_balancer: {master_legacy_dns_name_format: '%s'}";
    assertThat(object(written.formatted("{cluster}.{team}.{hostedzone}")).deprecated()).isEmpty();
    assertThat(object(written.formatted("{cluster}.{team}.example.org")).deprecated()).hasSize(1);
  }

  @Test
  void takesAnEmptyTextInAConfigMapAtItsWord() {
    assertThat(configMap("docker_image", "").config().pods().image().name()).isEmpty();
    assertThat(object("docker_image: ''").config().pods().image().name())
        .isEqualTo("ghcr.io/zalando/spilo-18:4.1-p2");
  }

  @Test
  void readsPairsWithQuotes() {
    ConfigReading reading = configMap("custom_pod_annotations", "a:b, c:'d,e' ,f:\"http://x:80\"");
    assertThat(reading.config().objects().annotations().customPod())
        .isEqualTo(Map.of("a", "b", "c", "'d,e'", "f", "http://x:80"));
  }

  @Test
  void wantsTwoPoolersFromAnObjectAndOneFromAConfigMap() {
    String key = "connection_pooler_number_of_instances";
    assertThat(object("connection_pooler: {" + key + ": 1}").config().addOns().pooler().instances())
        .isEqualTo(2);
    assertThat(configMap(key, "1").config().addOns().pooler().instances()).isEqualTo(1);
  }

  @Test
  void readsSidecarsOfAnObjectOnly() {
    ConfigReading reading = object("sidecars: [{name: a, image: b}, {name: c}]");
    assertThat(reading.config().pods().containers().sidecars())
        .extracting(Container::getName)
        .containsExactly("a");
    assertThat(reading.problems())
        .extracting(Problem::field)
        .containsExactly("configuration.sidecars[1]");
    assertThat(configMap("sidecars", "a").problems()).hasSize(1);
  }

  @Test
  void anImpossibleNameOfASecretIsAProblem() {
    assertThat(configMap("infrastructure_roles_secret_name", "Some Secret").problems()).hasSize(1);
    assertThat(
            configMap("infrastructure_roles_secrets", "secretname:a b,userkey:u,passwordkey:p")
                .problems())
        .hasSize(1);
  }

  @Test
  void readsInfrastructureSecretsInBothForms() {
    var expected =
        new InfrastructureSecret(
            new NamespacedName("default", "s"),
            new SecretKeys("u", "p", "r", ""),
            new StandIns("", ""),
            false);
    assertThat(
            configMap(
                    "infrastructure_roles_secrets",
                    "secretname: s, userkey: u,passwordkey:p,rolekey: r")
                .config()
                .roles()
                .infrastructure()
                .secrets())
        .containsExactly(expected);
    String listed =
        """
        kubernetes: {infrastructure_roles_secrets: [
          {secretname: n/s, userkey: u, passwordkey: p, details: d, template: true, defaultrolevalue: x}]}
        """;
    assertThat(object(listed).config().roles().infrastructure().secrets())
        .containsExactly(
            new InfrastructureSecret(
                new NamespacedName("n", "s"),
                new SecretKeys("u", "p", "", "d"),
                new StandIns("", "x"),
                true));
  }

  @Test
  void readsTheDefinitionOfTheServiceAccount() {
    String json =
        "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"name\":\"x\"}}";
    assertThat(
            configMap("pod_service_account_definition", json)
                .config()
                .objects()
                .podAccount()
                .definition())
        .isPresent();
    assertThat(configMap("pod_service_account_definition", "kind: Pod").problems()).hasSize(1);
    assertThat(configMap("pod_service_account_definition", "{{").problems()).hasSize(1);
  }

  @Test
  void fallsBackWhenTheBoundsContradictEachOther() {
    ConfigReading reading =
        OperatorConfigs.fromConfigMap(Map.of("min_instances", "5", "max_instances", "2"));
    assertThat(reading.problems()).extracting(Problem::field).containsExactly("min_instances");
    assertThat(reading.config().server().instances())
        .isEqualTo(new ServerSettings.Instances(-1, -1));
  }

  @Test
  void keepsThePoolerAwayFromTheSuperuser() {
    ConfigReading reading = configMap("connection_pooler_user", "postgres");
    assertThat(reading.problems()).hasSize(1);
    assertThat(reading.config().addOns().pooler().session().user()).isEqualTo("pooler");
  }

  @Test
  void showsNothingOfABrokenEntryBecauseItMayHoldASecret() {
    ConfigReading reading =
        object(
            """
            sidecars: [{image: i, env: [{name: PASSWORD, value: hush}]}, hush]
            kubernetes:
              infrastructure_roles_secrets: [{defaultuservalue: hush}]
              spilo_runasuser: {hush: hush}
              liveness_probe: hush
            scalyr: {scalyr_api_key: {key: hush}}
            """);
    assertThat(reading.problems())
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "configuration.sidecars[0]",
            "configuration.sidecars[1]",
            "configuration.kubernetes.infrastructure_roles_secrets[0]",
            "configuration.kubernetes.spilo_runasuser",
            "configuration.kubernetes.liveness_probe",
            "configuration.scalyr.scalyr_api_key");
    assertThat(reading.problems()).extracting(Problem::found).noneMatch(f -> f.contains("hush"));
  }

  @Test
  void neverPrintsASecret() {
    ConfigReading reading =
        OperatorConfigs.fromConfigMap(
            Map.of("logical_backup_s3_secret_access_key", "hush", "scalyr_api_key", "hush"));
    assertThat(reading.toString()).doesNotContain("hush");
    assertThat(reading.config().addOns().scalyr().apiKey()).isEqualTo(new SecretText("hush"));
  }
}
