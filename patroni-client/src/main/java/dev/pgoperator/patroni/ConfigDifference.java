package dev.pgoperator.patroni;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares wanted values with live ones and collects the body of a patch. */
final class ConfigDifference {
  private final JsonObject live;
  private final JsonObject body = new JsonObject();
  private final List<ConfigChange> changes = new ArrayList<>();

  ConfigDifference(JsonObject live) {
    this.live = live;
  }

  JsonObject body() {
    return body.copy();
  }

  List<ConfigChange> changes() {
    return List.copyOf(changes);
  }

  void set(List<String> path, Object wanted) {
    Optional<Object> have = at(path);
    if (wanted instanceof JsonObject object && have.orElse("") instanceof JsonObject present) {
      replace(path, present, object);
    } else if (have.isEmpty()) {
      record(ConfigChange.Kind.ADDED, path, "", text(wanted));
      parent(path).put(path.getLast(), wanted);
    } else if (!same(have.get(), wanted)) {
      record(ConfigChange.Kind.CHANGED, path, text(have.get()), text(wanted));
      parent(path).put(path.getLast(), wanted);
    }
  }

  void remove(List<String> path) {
    at(path)
        .ifPresent(
            have -> {
              record(ConfigChange.Kind.REMOVED, path, text(have), "");
              parent(path).putNull(path.getLast());
            });
  }

  /** Patroni merges objects, so what the wanted one lacks has to be removed by name. */
  private void replace(List<String> path, JsonObject present, JsonObject wanted) {
    for (String key : present.fieldNames()) {
      if (wanted.getValue(key) == null) {
        remove(below(path, key));
      }
    }
    for (String key : wanted.fieldNames()) {
      if (wanted.getValue(key) != null) {
        set(below(path, key), wanted.getValue(key));
      }
    }
  }

  /** A stored null counts as absent, as it does for Patroni. */
  private Optional<Object> at(List<String> path) {
    Object value = live;
    for (String key : path) {
      value = value instanceof JsonObject object ? object.getValue(key) : null;
    }
    return Optional.ofNullable(value);
  }

  /** The object of the body that holds the last key of the path, made when needed. */
  private JsonObject parent(List<String> path) {
    JsonObject at = body;
    for (String key : path.subList(0, path.size() - 1)) {
      if (!(at.getValue(key) instanceof JsonObject)) {
        at.put(key, new JsonObject());
      }
      at = at.getJsonObject(key);
    }
    return at;
  }

  private void record(ConfigChange.Kind kind, List<String> path, String from, String to) {
    changes.add(new ConfigChange(kind, path, from, to));
  }

  private static List<String> below(List<String> path, String key) {
    var deeper = new ArrayList<>(path);
    deeper.add(key);
    return deeper;
  }

  /** Scalars are the same when they read the same: Patroni passes 100 and "100" on alike. */
  private static boolean same(Object have, Object wanted) {
    return text(have).equals(text(wanted));
  }

  private static String text(Object value) {
    return value.toString();
  }
}
