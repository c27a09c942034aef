package dev.pgoperator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One object that the reference operator made, and the comparison of ours with it by the rules of
 * the conformance data: which parts count for which kind, and what is not known in advance.
 */
record RecordedObject(JsonNode content) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> UNKNOWN = Set.of("<auto>", "<patroni>", "<random>", "<rfc3339>");

  /** Of these only metadata was recorded; what else they hold is Patroni's or Kubernetes'. */
  private static final Set<String> METADATA_ONLY = Set.of("Pod", "Endpoints");

  private static final List<String> METADATA = List.of("labels", "annotations", "ownerReferences");
  private static final List<String> POD_METADATA = List.of("labels", "annotations");

  private static final List<String> OTHERS_ANNOTATIONS =
      List.of(
          "kubectl.kubernetes.io/",
          "pv.kubernetes.io/",
          "volume.kubernetes.io/",
          "volume.beta.kubernetes.io/",
          "deployment.kubernetes.io/",
          "endpoints.kubernetes.io/",
          OwnOperator.CONTROLLER);
  private static final Set<String> OTHERS_LABELS =
      Set.of(
          "controller-revision-hash",
          "statefulset.kubernetes.io/pod-name",
          "apps.kubernetes.io/pod-index",
          "endpoints.kubernetes.io/managed-by");

  String kind() {
    return content.path("kind").asText();
  }

  String apiVersion() {
    return content.path("apiVersion").asText();
  }

  String namespace() {
    return content.at("/metadata/namespace").asText();
  }

  String name() {
    return content.at("/metadata/name").asText();
  }

  /** Patroni and Kubernetes make these; what is in them is theirs. */
  boolean isOthers() {
    return content.has("x-made-by") || kind().equals("postgresql");
  }

  String key() {
    return key(kind(), name());
  }

  static String key(String kind, String name) {
    return kind + "/" + name;
  }

  /** One line for every path in which an object of the cluster differs from this one. */
  List<String> differences(JsonNode live, String uid) {
    SortedMap<String, String> recorded = flat(content, false);
    SortedMap<String, String> ours = flat(withoutUid(live, uid), true);
    recorded.forEach(
        (path, text) -> {
          if (UNKNOWN.contains(text)) {
            ours.keySet().removeIf(below -> below.startsWith(path + " as JSON"));
          }
        });
    Set<String> paths = new TreeSet<>(recorded.keySet());
    paths.addAll(ours.keySet());
    List<String> lines = new ArrayList<>();
    for (String path : paths) {
      String wanted = recorded.getOrDefault(path, "(nothing)");
      String found = ours.getOrDefault(path, "(nothing)");
      if (!UNKNOWN.contains(wanted) && !wanted.equals(found)) {
        lines.add(key() + " " + path + ": recorded " + wanted + ", ours " + found);
      }
    }
    return lines;
  }

  private SortedMap<String, String> flat(JsonNode object, boolean live) {
    SortedMap<String, String> all = new TreeMap<>();
    JsonNode metadata = object.path("metadata");
    for (String part : kind().equals("Pod") ? POD_METADATA : METADATA) {
      all.putAll(NormalForm.of(part, metadata.path(part)));
    }
    all.keySet().removeIf(this::isOfOthers);
    if (METADATA_ONLY.contains(kind())) {
      return all;
    }
    object
        .properties()
        .forEach(
            part -> {
              switch (part.getKey()) {
                case "metadata", "status", "apiVersion", "kind", "x-made-by" -> {}
                case "data", "stringData" -> all.putAll(data(part.getValue(), live));
                default -> all.putAll(NormalForm.of(part.getKey(), part.getValue()));
              }
            });
    all.keySet()
        .removeIf(path -> path.contains("volumeClaimTemplates[") && path.contains(".status."));
    all.remove("spec.strategy.type", "RollingUpdate");
    all.values().removeIf("{}"::equals);
    return all;
  }

  private boolean isOfOthers(String path) {
    boolean patronis =
        METADATA_ONLY.contains(kind()) && path.startsWith("annotations.") && isPatronis(path);
    return patronis
        || OTHERS_ANNOTATIONS.stream().anyMatch(key -> path.startsWith("annotations." + key))
        || OTHERS_LABELS.stream().anyMatch(key -> path.equals("labels." + key));
  }

  private static boolean isPatronis(String path) {
    return List.of(
            "acquireTime",
            "leader",
            "optime",
            "renewTime",
            "retain_slots",
            "slots",
            "transitions",
            "ttl",
            "status",
            "failsafe")
        .stream()
        .anyMatch(key -> path.startsWith("annotations." + key));
  }

  private SortedMap<String, String> data(JsonNode data, boolean live) {
    SortedMap<String, String> texts = new TreeMap<>();
    data.properties()
        .forEach(
            e -> {
              String text = e.getValue().asText();
              String clear =
                  live && kind().equals("Secret")
                      ? new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8)
                      : text;
              texts.put("data." + e.getKey(), withoutChance(clear));
            });
    return texts;
  }

  private static String withoutChance(String text) {
    return text.replaceAll("\\b[A-Za-z0-9]{64}\\b", "<random>")
        .lines()
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static JsonNode withoutUid(JsonNode object, String uid) {
    try {
      ObjectNode copy = object.deepCopy();
      ((ObjectNode) copy.path("metadata")).remove("uid");
      return JSON.readTree(JSON.writeValueAsString(copy).replace(uid, "<uid>"));
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new AssertionError("what was JSON is none", impossible);
    }
  }
}
