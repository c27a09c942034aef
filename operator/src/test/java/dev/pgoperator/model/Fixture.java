package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.config.ConfigReading;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.config.PodSettings.Mounts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A case directory: {@code manifest.yaml} and, with everything the manifest finds in its namespace,
 * {@code config.yaml}.
 */
final class Fixture {

  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  static final Path CONFORMANCE = Path.of("src/test/resources/conformance");
  static final Path GOLDEN = Path.of("src/test/resources/golden");

  private Fixture() {}

  static Blueprint blueprint(Path dir) {
    ObjectNode manifest = (ObjectNode) documents(dir.resolve("manifest.yaml")).getFirst();
    ObjectNode metadata = (ObjectNode) manifest.get("metadata");
    if (!metadata.has("uid")) {
      metadata.put("uid", "<uid>");
    }
    List<JsonNode> helpers = documents(dir.resolve("config.yaml"));
    ConfigReading reading = config(helpers);
    if (!reading.problems().isEmpty() || !reading.unknownKeys().isEmpty()) {
      throw new AssertionError(dir + ": " + reading.problems() + " " + reading.unknownKeys());
    }
    Manifest decoded = Manifest.decode(resource(manifest));
    return switch (decoded) {
      case Manifest.Valid valid ->
          new Blueprint(valid.cluster(), reading.config(), environment(reading.config(), helpers));
      case Manifest.Malformed malformed ->
          throw new AssertionError(dir + ": " + malformed.problems());
    };
  }

  static GenericKubernetesResource resource(JsonNode node) {
    return YAML.convertValue(node, GenericKubernetesResource.class);
  }

  private static ConfigReading config(List<JsonNode> helpers) {
    for (JsonNode helper : helpers) {
      if (helper.path("kind").asText().equals("OperatorConfiguration")) {
        return OperatorConfigs.fromObject(resource(helper));
      }
      if (helper.at("/metadata/name").asText().equals("postgres-operator")) {
        return OperatorConfigs.fromConfigMap(texts(helper.path("data")));
      }
    }
    return OperatorConfigs.fromConfigMap(Map.of());
  }

  private static PodEnvironment environment(OperatorConfig config, List<JsonNode> helpers) {
    Mounts mounts = config.pods().mounts();
    NamespacedName configMap = mounts.environmentConfigMap();
    List<String> secretKeys = new ArrayList<>();
    Map<String, String> variables = new TreeMap<>();
    for (JsonNode helper : helpers) {
      String kind = helper.path("kind").asText();
      String name = helper.at("/metadata/name").asText();
      if (kind.equals("ConfigMap") && name.equals(configMap.name())) {
        variables.putAll(texts(helper.path("data")));
      } else if (kind.equals("Secret") && name.equals(mounts.environmentSecret())) {
        helper.path("stringData").fieldNames().forEachRemaining(secretKeys::add);
        helper.path("data").fieldNames().forEachRemaining(secretKeys::add);
      }
    }
    return new PodEnvironment(variables, secretKeys);
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new TreeMap<>();
    node.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  static List<JsonNode> documents(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return values.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  static List<Path> cases(Path root) {
    try (var dirs = Files.list(root)) {
      return dirs.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
