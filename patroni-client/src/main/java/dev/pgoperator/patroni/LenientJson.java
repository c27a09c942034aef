package dev.pgoperator.patroni;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a JSON object of which only the outline is sure: a key that is missing, null or of another
 * type reads as absent. One odd value in an answer must not hide the other twenty.
 */
record LenientJson(JsonObject json) {

  /** Text; a number or boolean reads as its JSON spelling. */
  Optional<String> text(String key) {
    return switch (json.getValue(key)) {
      case String text -> Optional.of(text);
      case Number number -> Optional.of(number.toString());
      case Boolean flag -> Optional.of(flag.toString());
      case null, default -> Optional.empty();
    };
  }

  String textOrEmpty(String key) {
    return text(key).orElse("");
  }

  /** A whole number, written as a number or as decimal digits in a string. */
  Optional<Long> number(String key) {
    return switch (json.getValue(key)) {
      case Number number -> Optional.of(number.longValue());
      case String text when text.matches("-?[0-9]{1,18}") -> Optional.of(Long.valueOf(text));
      case null, default -> Optional.empty();
    };
  }

  /** A boolean, or one of the words that PostgreSQL and YAML use for one. */
  Optional<Boolean> flag(String key) {
    return switch (json.getValue(key)) {
      case Boolean flag -> Optional.of(flag);
      case String text when text.matches("(?i)true|on|yes|1") -> Optional.of(true);
      case String text when text.matches("(?i)false|off|no|0") -> Optional.of(false);
      case null, default -> Optional.empty();
    };
  }

  boolean isSet(String key) {
    return flag(key).orElse(false);
  }

  /** An object; an empty one when the key holds none. */
  LenientJson object(String key) {
    return new LenientJson(
        json.getValue(key) instanceof JsonObject found ? found : new JsonObject());
  }

  /** The objects of an array, in order; elements that are none are left out. */
  List<LenientJson> objects(String key) {
    if (!(json.getValue(key) instanceof JsonArray array)) {
      return List.of();
    }
    return array.stream()
        .filter(JsonObject.class::isInstance)
        .map(element -> new LenientJson((JsonObject) element))
        .toList();
  }

  /** All members with a scalar value, as text and sorted by key. */
  Map<String, String> texts() {
    var texts = new TreeMap<String, String>();
    for (String key : json.fieldNames()) {
      text(key).ifPresent(text -> texts.put(key, text));
    }
    return Collections.unmodifiableMap(texts);
  }
}
