package dev.pgoperator.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pgoperator.model.RoleDefinition.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a YAML text says of an infrastructure role (api.md §2.6): {@code inrole}, {@code
 * user_flags}, {@code db_parameters}, {@code admin_role}, {@code is_db_owner}.
 */
record RoleDetails(List<String> flags, Standing standing, Map<String, String> parameters) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** Empty when the text is not of this form. It may stand beside passwords: it is not shown. */
  static Optional<RoleDetails> parse(String text) {
    try {
      JsonNode root = YAML.readTree(text);
      if (root.isMissingNode() || root.isNull()) {
        return Optional.of(new RoleDetails(List.of(), Standing.ALONE, Map.of()));
      }
      return root.isObject() ? of(root) : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Optional<RoleDetails> of(JsonNode root) {
    Optional<List<String>> groups = texts(root.path("inrole"));
    Optional<List<String>> flags = texts(root.path("user_flags"));
    Optional<Map<String, String>> parameters = pairs(root.path("db_parameters"));
    if (groups.isEmpty() || flags.isEmpty() || parameters.isEmpty()) {
      return Optional.empty();
    }
    Standing standing =
        new Standing(
            groups.get(),
            root.path("admin_role").asText(""),
            root.path("is_db_owner").asBoolean(false));
    return Optional.of(new RoleDetails(flags.get(), standing, parameters.get()));
  }

  /** A list, or one text instead of a list of one. */
  private static Optional<List<String>> texts(JsonNode node) {
    if (node.isValueNode()) {
      return Optional.of(node.isNull() ? List.of() : List.of(node.asText()));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : node) {
      if (!item.isValueNode() || item.isNull()) {
        return Optional.empty();
      }
      texts.add(item.asText());
    }
    return node.isObject() ? Optional.empty() : Optional.of(texts);
  }

  private static Optional<Map<String, String>> pairs(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.of(Map.of());
    }
    Map<String, String> pairs = new TreeMap<>();
    node.properties().forEach(e -> pairs.put(e.getKey(), e.getValue().asText()));
    boolean flat =
        node.isObject() && node.properties().stream().allMatch(e -> e.getValue().isValueNode());
    return flat ? Optional.of(pairs) : Optional.empty();
  }
}
