package dev.pgoperator.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A part of an object as paths with texts, so that two objects that mean the same are equal: what
 * Kubernetes keeps as a set or by name is compared as such, quantities by value, documents inside
 * variables by their content. Written without the operator's own code, which it is to judge.
 */
final class NormalForm {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> KEYS =
      Map.of(
          "env", "name",
          "containers", "name",
          "initContainers", "name",
          "volumes", "name",
          "volumeMounts", "mountPath");
  private static final Set<String> ORDERED = Set.of("command", "args", "envFrom", "pg_hba");
  private static final Set<String> QUANTITIES = Set.of("cpu", "memory", "storage", "sizeLimit");

  /** What the API server fills in (conformance data, normalisation). */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("dnsPolicy", "ClusterFirst"),
          Map.entry("restartPolicy", "Always"),
          Map.entry("schedulerName", "default-scheduler"),
          Map.entry("terminationMessagePath", "/dev/termination-log"),
          Map.entry("terminationMessagePolicy", "File"),
          Map.entry("defaultMode", "420"),
          Map.entry("revisionHistoryLimit", "10"),
          Map.entry("progressDeadlineSeconds", "600"),
          Map.entry("maxSurge", "25%"),
          Map.entry("suspend", "false"),
          Map.entry("internalTrafficPolicy", "Cluster"),
          Map.entry("sessionAffinity", "None"),
          Map.entry("allocateLoadBalancerNodePorts", "true"));

  private static final Set<String> DROPPED =
      Set.of(
          "creationTimestamp",
          "serviceAccount",
          "clusterIPs",
          "ipFamilies",
          "ipFamilyPolicy",
          "volumeName",
          "healthCheckNodePort",
          "maximum_lag_on_failover");

  private final SortedMap<String, String> values = new TreeMap<>();

  private NormalForm() {}

  static SortedMap<String, String> of(String path, JsonNode node) {
    var form = new NormalForm();
    form.add(path, path, node);
    return form.values;
  }

  private void add(String path, String name, JsonNode node) {
    if (node.isObject()) {
      if (node.isEmpty()) {
        values.put(path, "{}");
      }
      node.properties().forEach(field -> field(path, field.getKey(), field.getValue()));
    } else if (node.isArray()) {
      list(path, name, node);
    } else if (!node.isNull() && !node.isMissingNode()) {
      text(path, name, node.asText());
    }
  }

  private void field(String path, String name, JsonNode value) {
    boolean generatedAddress = name.equals("clusterIP") && !value.asText().equals("None");
    boolean rollingDefault = name.equals("maxUnavailable") && value.asText().equals("25%");
    boolean defaulted = value.isValueNode() && value.asText().equals(DEFAULTS.get(name));
    if (!DROPPED.contains(name) && !generatedAddress && !defaulted && !rollingDefault) {
      add(path + "." + name, name, value);
    }
  }

  private void list(String path, String name, JsonNode list) {
    if (name.equals("containers")) {
      values.put(path + " first", list.path(0).path("name").asText());
    }
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      String key = item.path(KEYS.getOrDefault(name, "no such field")).asText();
      if (name.equals("volumeClaimTemplates")) {
        key = item.at("/metadata/name").asText();
      } else if (name.equals("ports")) {
        key = item.has("port") ? item.path("port").asText() : item.path("containerPort").asText();
      } else if (ORDERED.contains(name)) {
        key = Integer.toString(i);
      }
      String at = path + "[" + key + "]";
      if (key.isEmpty()) {
        values.put(path + "[" + of("", item) + "]", "present");
      } else {
        values.keySet().removeIf(earlier -> earlier.startsWith(at)); // the last of a name counts
        variable(at, name, item);
      }
    }
  }

  /** A variable without a value has an empty one. */
  private void variable(String path, String list, JsonNode item) {
    if (list.equals("env") && !item.has("value") && !item.has("valueFrom")) {
      values.put(path + ".value", "");
    }
    add(path, list, item);
  }

  private void text(String path, String name, String text) {
    if (QUANTITIES.contains(name)) {
      values.put(path, new Quantity(text).getNumericalAmount().stripTrailingZeros().toString());
    } else if (text.startsWith("{") || text.startsWith("[{")) {
      document(path, text);
    } else {
      values.put(path, text.strip());
    }
  }

  private void document(String path, String text) {
    try {
      add(path + " as JSON", "", JSON.readTree(text));
    } catch (JsonProcessingException somethingElse) {
      values.put(path, text);
    }
  }
}
