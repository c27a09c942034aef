package dev.pgoperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A value with every field of our own that a schema has (those have a description), and of other
 * types with the required ones: the simplest one that the schema accepts.
 */
final class Sample {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of(
          "a",
          "1",
          "1Gi",
          "0 0 * * *",
          "Mon:01:00-02:00",
          "2026-01-01T00:00:00+00:00",
          "10.0.0.0/8");

  private Sample() {}

  static JsonNode of(JsonNode schema) {
    return switch (schema.path("type").asText()) {
      case "object" -> object(schema);
      case "array" -> JSON.arrayNode().add(of(schema.path("items")));
      case "integer", "number" -> JSON.numberNode(Math.max(1, schema.path("minimum").asInt(1)));
      case "boolean" -> JSON.booleanNode(true);
      default -> text(schema);
    };
  }

  private static JsonNode object(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema.path("properties").properties().stream()
        .filter(p -> p.getValue().has("description") || required.contains(p.getKey()))
        .forEach(p -> object.set(p.getKey(), of(p.getValue())));
    if (schema.path("additionalProperties").isObject()) {
      object.set("a", of(schema.path("additionalProperties")));
    }
    return object;
  }

  private static JsonNode text(JsonNode schema) {
    if (schema.has("enum")) {
      return schema.path("enum").get(0);
    }
    if (!schema.has("type")) {
      return JSON.numberNode(1);
    }
    Pattern pattern = Pattern.compile(schema.path("pattern").asText(""));
    return JSON.textNode(
        TEXTS.stream().filter(t -> pattern.matcher(t).find()).findFirst().orElseThrow());
  }
}
