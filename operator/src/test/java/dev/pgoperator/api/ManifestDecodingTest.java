package dev.pgoperator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestDecodingTest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String HEAD =
      """
      metadata: {name: demo, namespace: ns, uid: u-1, generation: 3}
      spec:
        teamId: acid
        numberOfInstances: 2
        postgresql: {version: "17"}
        volume: {size: 1Gi}
      """;

  static Manifest decode(String yaml) {
    try {
      return Manifest.decode(YAML.readValue(yaml, GenericKubernetesResource.class));
    } catch (JsonProcessingException e) {
      throw new AssertionError(yaml, e);
    }
  }

  private static PostgresqlSpec spec(String more) {
    return switch (decode(HEAD + more)) {
      case Manifest.Valid valid -> valid.cluster().spec();
      case Manifest.Malformed malformed -> throw new AssertionError(malformed.problems());
    };
  }

  private static List<String> problems(String yaml) {
    return switch (decode(yaml)) {
      case Manifest.Valid _ -> List.of();
      case Manifest.Malformed malformed ->
          malformed.problems().stream().map(Problem::text).toList();
    };
  }

  @Test
  void readsTheSmallestManifest() {
    PostgresqlSpec spec = spec("");
    assertThat(spec.teamId()).isEqualTo("acid");
    assertThat(spec.numberOfInstances()).isEqualTo(2);
    assertThat(spec.server().postgresql().version()).isEqualTo("17");
    assertThat(spec.storage().volume().size()).isEqualTo("1Gi");
    assertThat(decode(HEAD).origin().generation()).isEqualTo(3);
  }

  @Test
  void namesEveryProblemAtOnce() {
    String manifest =
        """
        metadata: {name: demo, namespace: ns}
        spec:
          numberOfInstances: "two"
          postgresql: {version: "9.6"}
          volume: {size: two}
          sidecars: [{name: a}, {image: 5}]
          users: {Foo: [], bar: [createdb, nocreatedb]}
        """;
    assertThat(problems(manifest))
        .containsExactlyInAnyOrder(
            "spec.numberOfInstances: found \"two\", expected a whole number of at least 0",
            "spec.teamId: found nothing, expected a text",
            "spec.postgresql.version: found \"9.6\", expected a major version from 13 to 18",
            "spec.volume.size: found \"two\", expected a quantity such as 10Gi",
            "spec.sidecars[0].image: found nothing, expected an image",
            "spec.sidecars[1].image: found 5, expected a text",
            "spec.sidecars[1].image: found nothing, expected an image",
            "spec.users.Foo: found \"Foo\", expected a role name of at most 63 lower-case letters, digits,"
                + " dashes, underscores and single dots",
            "spec.users.bar[0]: found \"createdb\" together with its opposite, expected only one of the two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maintenanceWindows: ['Mon:23:00-01:00'] | spec.maintenanceWindows[0]",
        "clone: {cluster: Not_A_Name} | spec.clone.cluster",
        "clone: {cluster: src, timestamp: '2026-01-01T00:00:00Z'} | spec.clone.timestamp",
        "standby: {s3_wal_path: a, gs_wal_path: b} | spec.standby.gs_wal_path",
        "standby: {} | spec.standby.standby_host",
        "env: [{value: x}] | spec.env[0].name",
        "initContainers: [{name: a}] | spec.initContainers[0].image",
        "resources: {limits: {cpu: much}} | spec.resources.limits.cpu",
        "livenessProbe: {periodSeconds: often} | spec.livenessProbe.periodSeconds",
        "patroni: {slots: {s: 5}} | spec.patroni.slots.s",
        "connectionPooler: {mode: statement} | spec.connectionPooler.mode",
        "enableMasterLoadBalancer: maybe | spec.enableMasterLoadBalancer",
        "allowedSourceRanges: [everybody] | spec.allowedSourceRanges[0]",
        "preparedDatabases: {a: {schemas: {b: 7}}} | spec.preparedDatabases.a.schemas.b",
      })
  void namesThePlaceOfAProblem(String line, String field) {
    assertThat(decode(HEAD + "  " + line.strip() + "\n"))
        .isInstanceOfSatisfying(
            Manifest.Malformed.class,
            m ->
                assertThat(m.problems()).extracting(Problem::field).containsExactly(field.strip()));
  }

  @Test
  void neverShowsASecret() {
    String clone = "  clone: {cluster: src, s3_secret_access_key: [hush]}\n";
    assertThat(problems(HEAD + clone).toString())
        .contains("s3_secret_access_key")
        .doesNotContain("hush");
    assertThat(spec("  clone: {cluster: src, s3_secret_access_key: hush}\n").toString())
        .doesNotContain("hush");
  }

  @Test
  void refusesNamesThatLeaveNoRoomForTheReplicaService() {
    String name = "a".repeat(59);
    assertThat(problems(HEAD.replace("demo", name)))
        .singleElement()
        .asString()
        .startsWith("metadata.name: ");
    assertThat(problems(HEAD.replace("demo", name.substring(1)))).isEmpty();
  }

  @Test
  void answersForAnObjectWithoutASpec() {
    assertThat(problems("metadata: {name: demo}\nspec: 5\n"))
        .containsExactly("spec: found nothing, expected an object");
  }

  @Test
  void keepsFieldsItDoesNotKnow() {
    assertThat(spec("  novelty: {a: 1}\n  volume: {size: 1Gi, color: blue}\n").outline().unknown())
        .isEqualTo(Map.of("spec.novelty", Map.of("a", 1), "spec.volume.color", "blue"));
  }

  @Test
  void takesNullForAbsent() {
    PostgresqlSpec spec =
        spec("  users: {app: null}\n  env: null\n  sidecars: null\n  preparedDatabases: null\n");
    assertThat(spec.access().users()).isEqualTo(Map.of("app", List.of()));
    assertThat(spec.access().preparedDatabases()).isEmpty();
  }

  @Test
  void readsAnEmptyListOfPreparedDatabasesAsTheOneOfTheCluster() {
    assertThat(spec("  preparedDatabases: {}\n").access().preparedDatabases())
        .containsOnlyKeys("demo");
  }

  @Test
  void readsDeprecatedNamesWhereTheNewOnesAreAbsent() {
    PostgresqlSpec spec = spec("  useLoadBalancer: true\n  pod_priority_class_name: high\n");
    assertThat(spec.exposure().primary().loadBalancer()).isEqualTo(Toggle.ON);
    assertThat(spec.pods().scheduling().priorityClassName()).isEqualTo("high");
    assertThat(spec.outline().deprecated())
        .extracting(Deprecation::text)
        .containsExactlyInAnyOrder(
            "spec.useLoadBalancer is deprecated, use spec.enableMasterLoadBalancer",
            "spec.pod_priority_class_name is deprecated, use spec.podPriorityClassName");
  }

  @Test
  void leavesDeprecatedLoadBalancersAsideWhenANewNameIsThere() {
    PostgresqlSpec spec = spec("  useLoadBalancer: true\n  enableReplicaLoadBalancer: true\n");
    assertThat(spec.exposure().primary().loadBalancer()).isEqualTo(Toggle.UNSET);
  }

  @Test
  void readsTheBareStatusOfOldObjects() {
    assertThat(decode(HEAD + "status: Running\n").origin().status().knownPhase())
        .isEqualTo(Phase.RUNNING);
    assertThat(
            decode(HEAD + "status: {PostgresClusterStatus: Invalid}\n").origin().status().phase())
        .isEqualTo("Invalid");
  }
}
