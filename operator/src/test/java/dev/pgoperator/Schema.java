package dev.pgoperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The schema of a resource definition, as far as a structural schema goes; rules in CEL need an API
 * server.
 */
record Schema(JsonNode root) {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String ANY = "x-kubernetes-preserve-unknown-fields";

  static Schema of(Path definition) {
    return new Schema(yaml(definition).at("/spec/versions/0/schema/openAPIV3Schema"));
  }

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line for everything that an API server would refuse or prune. */
  List<String> complaints(JsonNode object) {
    List<String> complaints = new ArrayList<>();
    check("", root, object, complaints);
    complaints.removeIf(c -> c.startsWith(".metadata"));
    return complaints;
  }

  private static void check(String path, JsonNode schema, JsonNode value, List<String> complaints) {
    if (value.isNull()) {
      // Without nullable the API server drops the key.
      return;
    }
    if (schema.has("enum") && !contains(schema.path("enum"), value)) {
      complaints.add(path + " is none of " + schema.path("enum"));
    }
    switch (schema.path("type").asText()) {
      case "object" -> object(path, schema, value, complaints);
      case "array" -> {
        require(path, value.isArray(), "a list", complaints);
        for (int i = 0; i < value.size(); i++) {
          check(path + "[" + i + "]", schema.path("items"), value.get(i), complaints);
        }
      }
      case "string" -> text(path, schema, value, complaints);
      case "integer" -> {
        require(path, value.isIntegralNumber(), "a whole number", complaints);
        require(
            path,
            value.asLong() >= schema.path("minimum").asLong(Long.MIN_VALUE),
            "larger",
            complaints);
        require(
            path,
            value.asLong() <= schema.path("maximum").asLong(Long.MAX_VALUE),
            "smaller",
            complaints);
      }
      case "number" -> require(path, value.isNumber(), "a number", complaints);
      case "boolean" -> require(path, value.isBoolean(), "true or false", complaints);
      default -> {}
    }
  }

  private static void object(
      String path, JsonNode schema, JsonNode value, List<String> complaints) {
    require(path, value.isObject(), "an object", complaints);
    for (JsonNode name : schema.path("required")) {
      require(path, value.hasNonNull(name.asText()), "with " + name.asText(), complaints);
    }
    for (var field : value.properties()) {
      String at = path + "." + field.getKey();
      JsonNode inner = schema.path("properties").path(field.getKey());
      if (inner.isObject()) {
        check(at, inner, field.getValue(), complaints);
      } else if (schema.path("additionalProperties").isObject()) {
        check(at, schema.path("additionalProperties"), field.getValue(), complaints);
      } else {
        require(at, schema.path(ANY).asBoolean() || !schema.has("properties"), "known", complaints);
      }
    }
  }

  private static void text(String path, JsonNode schema, JsonNode value, List<String> complaints) {
    require(path, value.isTextual(), "a text", complaints);
    String pattern = schema.path("pattern").asText("");
    boolean fits = pattern.isEmpty() || Pattern.compile(pattern).matcher(value.asText()).find();
    require(path, fits, "of the form " + pattern, complaints);
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode allowed : values) {
      if (allowed.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static void require(
      String path, boolean holds, String expected, List<String> complaints) {
    if (!holds) {
      complaints.add(path + " is not " + expected);
    }
  }

  /**
   * Paths of our own fields below a path: those with a description. Fields of types of Kubernetes
   * have none. Items of a list end in {@code []}, values of a map in {@code .<>}.
   */
  Set<String> ownFields(String under) {
    Set<String> paths = new TreeSet<>();
    collect(under, root.path("properties").path(under), paths);
    return paths;
  }

  private static void collect(String path, JsonNode schema, Set<String> paths) {
    paths.add(path);
    collectProperties(path, schema, paths);
    collectProperties(path + "[]", schema.path("items"), paths);
    collectProperties(path + ".<>", schema.path("additionalProperties"), paths);
  }

  private static void collectProperties(String path, JsonNode schema, Set<String> paths) {
    for (var property : schema.path("properties").properties()) {
      if (property.getValue().has("description")) {
        collect(path + "." + property.getKey(), property.getValue(), paths);
      }
    }
  }
}
