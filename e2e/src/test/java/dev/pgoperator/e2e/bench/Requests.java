package dev.pgoperator.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What the API server's audit log has of the operator and of the bench, from a mark on. */
final class Requests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> READS = Set.of("get", "list", "watch");

  private final Path file;
  private final long mark;

  /**
   * One request.
   *
   * @param received when it came to the API server
   * @param answered when it had been answered
   */
  record Request(
      String user,
      String verb,
      String resource,
      String namespace,
      String name,
      int code,
      Instant received,
      Instant answered) {
    boolean ofOperator() {
      return user.equals("system:serviceaccount:default:postgres-operator");
    }

    boolean ofWatch() {
      return verb.equals("watch") || (verb.equals("list") && name.isEmpty());
    }

    boolean writes() {
      return !READS.contains(verb);
    }

    boolean created() {
      return code == 201 && !resource.equals("events");
    }
  }

  /** Marks the present end of the log. */
  Requests() {
    this.file = Path.of(System.getenv("PGOPERATOR_AUDIT_LOG"));
    try {
      this.mark = Files.size(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All that are complete. */
  List<Request> read() {
    List<Request> found = new ArrayList<>();
    each(found::add);
    return found;
  }

  /** Hands them over one by one: at ten thousand clusters they are hundreds of megabytes. */
  void each(Consumer<Request> heard) {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(mark);
      var lines =
          new BufferedReader(
              new InputStreamReader(
                  Channels.newInputStream(log.getChannel()), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.endsWith("}")) { // the last one may be half written
          heard.accept(parse(JSON.readTree(line)));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** How often the operator asked what, the most frequent first. */
  List<String> tally() {
    Map<String, Integer> counts = new TreeMap<>();
    each(
        request -> {
          if (request.ofOperator()) {
            String what = request.verb() + " " + request.resource() + " " + request.code();
            counts.merge(what, 1, Integer::sum);
          }
        });
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(one -> one.getValue() + " " + one.getKey())
        .toList();
  }

  private static Request parse(JsonNode entry) {
    JsonNode object = entry.path("objectRef");
    String part = object.path("subresource").asText();
    return new Request(
        entry.path("user").path("username").asText(),
        entry.path("verb").asText(),
        object.path("resource").asText() + (part.isEmpty() ? "" : "/" + part),
        object.path("namespace").asText(),
        object.path("name").asText(),
        entry.path("responseStatus").path("code").asInt(),
        Instant.parse(entry.path("requestReceivedTimestamp").asText()),
        Instant.parse(entry.path("stageTimestamp").asText()));
  }
}
