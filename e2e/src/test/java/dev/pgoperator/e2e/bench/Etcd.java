package dev.pgoperator.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the bed's API server has stored, by etcd's JSON gateway. */
final class Etcd implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI etcd;

  private Etcd(URI etcd) {
    this.etcd = etcd;
  }

  static Etcd connect() {
    return new Etcd(URI.create(System.getenv("BENCH_ETCD")));
  }

  /** What etcd holds of one object; the value is bytes, each as one character. */
  record Entry(String key, String value) {
    /** The part after {@code /registry/}. */
    String kind() {
      return key.split("/", -1)[2];
    }
  }

  /** Has etcd forget what was before: whoever goes on from there has to begin anew. */
  void compact() {
    JsonNode now = post("/v3/kv/range", JSON.createObjectNode().put("key", encoded("/registry")));
    String revision = now.path("header").path("revision").asText();
    post(
        "/v3/kv/compaction",
        JSON.createObjectNode().put("revision", revision).put("physical", true));
  }

  /** All entries of the namespace, and the volumes and addresses that belong to it. */
  List<Entry> entriesOf(String namespace) {
    List<Entry> found = new ArrayList<>(); // addresses before the services that hold them
    for (String outside : List.of("/registry/ipaddresses/", "/registry/persistentvolumes/")) {
      for (JsonNode one : ask(outside, true, false)) {
        Entry entry = entry(one);
        if (entry.value().contains(namespace)) {
          found.add(entry);
        }
      }
    }
    for (JsonNode one : ask("/registry/", true)) {
      String key = text(one, "key");
      boolean inside = key.contains("/" + namespace + "/") && !key.startsWith("/registry/events/");
      if (inside || key.equals("/registry/namespaces/" + namespace)) {
        ask(key, false).forEach(same -> found.add(entry(same)));
      }
    }
    return found;
  }

  /** The addresses of services that are taken. */
  List<String> addresses() {
    List<String> taken = new ArrayList<>();
    for (JsonNode one : ask("/registry/ipaddresses/", true)) {
      String key = text(one, "key");
      taken.add(key.substring(key.lastIndexOf('/') + 1));
    }
    return taken;
  }

  private static Entry entry(JsonNode of) {
    return new Entry(text(of, "key"), text(of, "value"));
  }

  private static String text(JsonNode of, String field) {
    byte[] bytes = Base64.getDecoder().decode(of.path(field).asText());
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String encoded(String bytes) {
    return Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private JsonNode ask(String key, boolean keysOnly) {
    return ask(key, keysOnly, keysOnly);
  }

  private JsonNode ask(String key, boolean prefix, boolean keysOnly) {
    var question = JSON.createObjectNode().put("key", encoded(key)).put("keys_only", keysOnly);
    if (prefix) {
      int last = key.length() - 1;
      char next = (char) (key.charAt(last) + 1);
      question.put("range_end", encoded(key.substring(0, last) + next));
    }
    return post("/v3/kv/range", question).path("kvs");
  }

  /**
   * Stores all of them, in each transaction one of each kind: what is stored together has one
   * version, and a watch passes on one object of each version.
   */
  void put(List<Entry> entries) {
    Map<String, Deque<Entry>> kinds = new LinkedHashMap<>();
    for (Entry one : entries) {
      kinds.computeIfAbsent(one.kind(), kind -> new ArrayDeque<>()).add(one);
    }
    while (!kinds.isEmpty()) {
      ArrayNode operations = JSON.createArrayNode();
      for (Deque<Entry> kind : kinds.values()) {
        Entry next = kind.remove();
        operations
            .addObject()
            .putObject("requestPut")
            .put("key", encoded(next.key()))
            .put("value", encoded(next.value()));
      }
      commit(operations);
      kinds.values().removeIf(Deque::isEmpty);
    }
  }

  private void commit(ArrayNode operations) {
    JsonNode answer = post("/v3/kv/txn", JSON.createObjectNode().set("success", operations));
    if (!answer.path("succeeded").asBoolean()) {
      throw new IllegalStateException("etcd did not store: " + answer);
    }
  }

  private JsonNode post(String path, JsonNode body) {
    var request =
        HttpRequest.newBuilder(etcd.resolve(path))
            .timeout(ANSWER)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode said = JSON.readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("etcd answers " + answer.statusCode() + ": " + said);
      }
      return said;
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
