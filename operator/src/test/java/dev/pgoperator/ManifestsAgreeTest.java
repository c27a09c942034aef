package dev.pgoperator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.config.StartOptions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users apply, what they read and what the code does is the same thing. */
class ManifestsAgreeTest {

  private static final Path MANIFESTS = Path.of("../manifests");
  private static final Path REFERENCE = Path.of("../docs/reference");
  private static final Path CASES = Path.of("src/test/resources");
  private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Schema POSTGRESQL = Schema.of(MANIFESTS.resolve("postgresql.crd.yaml"));
  private static final Schema CONFIGURATION =
      Schema.of(MANIFESTS.resolve("operatorconfiguration.crd.yaml"));

  static List<Path> manifests() throws IOException {
    return files("manifest.yaml");
  }

  static List<Path> configurations() throws IOException {
    return files("config.yaml").stream()
        .filter(f -> Schema.yaml(f).path("kind").asText().equals("OperatorConfiguration"))
        .toList();
  }

  private static List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files.filter(f -> f.endsWith(name)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void theSchemaAcceptsEveryManifest(Path file) {
    assertThat(POSTGRESQL.complaints(Schema.yaml(file))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void theSchemaAcceptsEveryConfiguration(Path file) {
    assertThat(CONFIGURATION.complaints(Schema.yaml(file))).isEmpty();
  }

  @Test
  void theSampleManifestFitsTheSchema() {
    JsonNode sample = Schema.yaml(MANIFESTS.resolve("minimal-postgres-manifest.yaml"));
    assertThat(POSTGRESQL.complaints(sample)).isEmpty();
  }

  @Test
  void everyParameterIsDocumented() throws IOException {
    Set<String> documented = new TreeSet<>();
    firstColumn("operator_parameters.md").stream()
        .filter(p -> p.startsWith("configuration.") && !p.contains("[]"))
        .forEach(p -> documented.add(p.substring("configuration.".length())));
    assertThat(documented).containsExactlyInAnyOrderElementsOf(OperatorConfigs.keys());
  }

  @Test
  void theReferenceSaysWhichParametersAreReadAtTheStartOnly() throws IOException {
    List<String> marked =
        Files.readAllLines(REFERENCE.resolve("operator_parameters.md")).stream()
            .filter(row -> row.endsWith("Read at the start only. |"))
            .map(row -> FIRST_COLUMN.matcher(row).results().findFirst().orElseThrow().group(1))
            .map(path -> path.substring(path.lastIndexOf('.') + 1))
            .toList();
    assertThat(marked).containsExactlyInAnyOrderElementsOf(StartOptions.keys());
  }

  @ParameterizedTest
  @CsvSource({
    "acid.zalan.do,operatorconfigurations,get",
    "acid.zalan.do,operatorconfigurations,list",
    "acid.zalan.do,operatorconfigurations,watch",
    "'',configmaps,get",
    "'',configmaps,list",
    "'',configmaps,watch",
    "'',secrets,list",
    "'',secrets,watch",
    "'',pods,list",
    "apps,controllerrevisions,get",
    "'',events,create"
  })
  void theOperatorMayDoWhatALiveConfigurationNeeds(String group, String resource, String verb)
      throws IOException {
    assertThat(isGranted("postgres-operator", group, resource, verb)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "get", "create", "update", "delete"})
  void leasesMayBeWrittenInTheOperatorsNamespaceOnly(String verb) throws IOException {
    String group = "coordination.k8s.io";
    assertThat(isGranted("postgres-operator-leases", group, "leases", verb)).isTrue();
    assertThat(isGranted("postgres-operator", group, "leases", verb)).isFalse();
  }

  private static boolean isGranted(String role, String group, String resource, String verb)
      throws IOException {
    boolean granted = false;
    for (JsonNode rule : clusterRole(role).path("rules")) {
      granted |=
          texts(rule.path("apiGroups")).contains(group)
              && texts(rule.path("resources")).contains(resource)
              && texts(rule.path("verbs")).contains(verb)
              && !rule.has("resourceNames");
    }
    return granted;
  }

  private static JsonNode clusterRole(String name) throws IOException {
    Path file = MANIFESTS.resolve("operator-service-account-rbac.yaml");
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return documents.readAll().stream()
          .filter(document -> document.path("kind").asText().equals("ClusterRole"))
          .filter(role -> role.at("/metadata/name").asText().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @Test
  void everyParameterIsInTheSchema() {
    Set<String> inSchema = new TreeSet<>();
    JsonNode groups = CONFIGURATION.root().at("/properties/configuration/properties");
    for (var group : groups.properties()) {
      JsonNode inner = group.getValue().path("properties");
      if (inner.isMissingNode()) {
        inSchema.add(group.getKey());
      }
      inner.properties().forEach(p -> inSchema.add(group.getKey() + "." + p.getKey()));
    }
    assertThat(inSchema).containsExactlyInAnyOrderElementsOf(OperatorConfigs.keys());
  }

  @Test
  void everyFieldIsDocumented() throws IOException {
    Set<String> documented = new TreeSet<>();
    firstColumn("cluster_manifest.md").stream()
        .filter(p -> p.equals("spec") || p.startsWith("spec."))
        .forEach(p -> documented.add(p.replaceAll("<[^>]*>", "<>")));
    assertThat(documented).containsExactlyInAnyOrderElementsOf(POSTGRESQL.ownFields("spec"));
  }

  @Test
  void theCodeKnowsEveryFieldOfTheSchema() {
    ObjectNode spec = (ObjectNode) Sample.of(POSTGRESQL.root().at("/properties/spec"));
    spec.withObject("/volume").put("size", "1Gi");
    spec.withObject("/standby").remove("gs_wal_path");
    ((ObjectNode) spec.at("/initContainers/0")).put("image", "i");
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.putObject("metadata").put("name", "demo").put("namespace", "ns");
    manifest.set("spec", spec);
    Manifest decoded =
        Manifest.decode(new ObjectMapper().convertValue(manifest, GenericKubernetesResource.class));
    assertThat(decoded).isInstanceOf(Manifest.Valid.class);
    assertThat(((Manifest.Valid) decoded).cluster().spec().outline().unknown()).isEmpty();
  }

  private static List<String> firstColumn(String document) throws IOException {
    Matcher rows = FIRST_COLUMN.matcher(Files.readString(REFERENCE.resolve(document)));
    return rows.results().map(r -> r.group(1)).toList();
  }
}
