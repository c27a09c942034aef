package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Objects of the reference operator, and the rules of the conformance README for comparing ours
 * with them.
 */
final class Recorded {

  /** Made by users, by Patroni, or by controllers of Kubernetes. */
  private static final Set<String> OTHERS =
      Set.of("postgresql", "PersistentVolumeClaim", "Pod", "ConfigMap");

  private static final String LAG = ".value.bootstrap.dcs.maximum_lag_on_failover";

  private Recorded() {}

  /** Objects that the model should make, by kind, namespace and name. */
  static Map<String, JsonNode> objects(List<JsonNode> documents, Blueprint b) {
    Map<String, JsonNode> byKey = new TreeMap<>();
    for (JsonNode document : documents) {
      String kind = document.path("kind").asText();
      JsonNode metadata = document.path("metadata");
      String name = metadata.path("name").asText();
      boolean byKubernetes = kind.equals("Endpoints") && !isOurs(name, b);
      if (!OTHERS.contains(kind) && !document.has("x-made-by") && !byKubernetes) {
        byKey.put(DesiredObjects.key(kind, metadata.path("namespace").asText(), name), document);
      }
    }
    return byKey;
  }

  private static boolean isOurs(String endpoints, Blueprint b) {
    return b.config().server().consensus().onEndpoints() && endpoints.equals(b.name());
  }

  /**
   * One line for every path in which ours differs from the recorded object, whose secrets are in
   * clear text.
   */
  static List<String> differences(HasMetadata ours, JsonNode recorded) {
    return differencesFrom(ours, withEncodedData(ours.getKind(), recorded));
  }

  /** The same for an object as Kubernetes holds it. */
  static List<String> differencesFrom(HasMetadata ours, JsonNode wanted) {
    String kind = ours.getKind();
    Map<String, String> want = FlatObject.of(wanted, kind);
    want.keySet().removeIf(path -> path.startsWith("subsets") || path.contains("managed-by"));
    want.values().removeIf("<patroni>"::equals);
    Map<String, String> have = FlatObject.of(ours);
    // The reference rounds this one to 32 bits.
    want.keySet().removeIf(path -> path.endsWith(LAG));
    have.keySet().removeIf(path -> path.endsWith(LAG));
    Set<String> paths = new TreeSet<>(want.keySet());
    paths.addAll(have.keySet());
    List<String> lines = new ArrayList<>();
    for (String path : paths) {
      String expected = want.getOrDefault(path, "(nothing)");
      String actual = have.getOrDefault(path, "(nothing)");
      boolean defaulted =
          ServerDefaults.isOne(path) && (!have.containsKey(path) || !want.containsKey(path));
      if (!expected.equals(actual) && !defaulted) {
        lines.add(kind + " " + path + ": recorded " + expected + ", ours " + actual);
      }
    }
    return lines;
  }

  private static JsonNode withEncodedData(String kind, JsonNode recorded) {
    if (!kind.equals("Secret")) {
      return recorded;
    }
    ObjectNode copy = recorded.deepCopy();
    ObjectNode data = copy.putObject("data");
    recorded
        .path("data")
        .properties()
        .forEach(
            e -> {
              byte[] bytes = e.getValue().asText().getBytes(StandardCharsets.UTF_8);
              data.put(e.getKey(), Base64.getEncoder().encodeToString(bytes));
            });
    return copy;
  }
}
