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
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * Copies of a namespace with everything in it, written into etcd as the API server would have
 * stored them: ten thousand clusters stand within minutes, and each has what an operator made for
 * the first fifty. By etcd's JSON gateway.
 */
final class Copies implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_OPERATIONS = 100; // etcd takes 128 in a transaction
  private static final int MOST_BYTES = 900_000; // etcd takes 1.5 MiB in a request
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** Before what belongs to them, which the garbage collector would take for abandoned. */
  private static final List<String> OWNERS =
      List.of("/namespaces/", "/postgresqls/", "/statefulsets/", "/services/specs/");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI etcd;

  private Copies(URI etcd) {
    this.etcd = etcd;
  }

  /** Of the bed's etcd. */
  static Copies connect() {
    return new Copies(URI.create(System.getenv("BENCH_ETCD")));
  }

  /** What etcd holds of one object; the value is bytes, each as one character. */
  record Entry(String key, String value) {}

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
    List<Entry> found = new ArrayList<>();
    for (JsonNode one : ask("/registry/", true)) {
      String key = text(one, "key");
      boolean inside = key.contains("/" + namespace + "/") && !key.startsWith("/registry/events/");
      if (inside || key.equals("/registry/namespaces/" + namespace)) {
        ask(key, false).forEach(same -> found.add(entry(same)));
      }
    }
    for (String outside : List.of("/registry/persistentvolumes/", "/registry/ipaddresses/")) {
      for (JsonNode one : ask(outside, true, false)) {
        Entry entry = entry(one);
        if (entry.value().contains(namespace)) {
          found.add(entry);
        }
      }
    }
    found.sort(Comparator.comparingInt(one -> rank(one.key())));
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

  private static int rank(String key) {
    for (int rank = 0; rank < OWNERS.size(); rank++) {
      if (key.contains(OWNERS.get(rank))) {
        return rank;
      }
    }
    return OWNERS.size();
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

  /** Stores all of them, in this order. */
  void put(List<Entry> entries) {
    ArrayNode operations = JSON.createArrayNode();
    int bytes = 0;
    for (Entry one : entries) {
      if (operations.size() == MOST_OPERATIONS || bytes + one.value().length() > MOST_BYTES) {
        commit(operations);
        operations = JSON.createArrayNode();
        bytes = 0;
      }
      operations
          .addObject()
          .putObject("requestPut")
          .put("key", encoded(one.key()))
          .put("value", encoded(one.value()));
      bytes += one.value().length();
    }
    commit(operations);
  }

  private void commit(ArrayNode operations) {
    JsonNode answer = post("/v3/kv/txn", JSON.createObjectNode().set("success", operations));
    if (!answer.path("succeeded").asBoolean()) {
      throw new IllegalStateException("etcd did not store the copies: " + answer);
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
