package dev.pgoperator.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** JSON inside of values: some variables of a container hold a document. */
final class Json {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static JsonNode tree(Object value) {
    return JsonTree.of(MAPPER, value);
  }

  /** Maps keep their order. */
  static String write(Object value) {
    return tree(value).toString();
  }

  static Optional<JsonNode> read(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }
}
