package dev.pgoperator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Requests of all operators, as the API server has recorded them since a mark. */
final class AuditLog {
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final long mark;

  /** Marks the present end of the log. */
  AuditLog(Path file) {
    this.file = file;
    try {
      this.mark = Files.size(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Writes since the mark, each as verb and object; leases and Events are not counted. */
  List<String> writes() {
    return entries().stream().filter(AuditLog::writes).map(AuditLog::text).toList();
  }

  /** Those of them that came from this address. */
  List<String> writesFrom(String address) {
    return entries().stream()
        .filter(AuditLog::writes)
        .filter(entry -> entry.path("sourceIPs").toString().contains('"' + address + '"'))
        .map(AuditLog::text)
        .toList();
  }

  /** Those of them that the operator in this namespace sent, or any operator sent to it. */
  List<String> writesOf(String namespace) {
    String account = "system:serviceaccount:" + namespace + ":postgres-operator";
    return entries().stream()
        .filter(AuditLog::writes)
        .filter(
            entry ->
                entry.at("/user/username").asText().equals(account)
                    || entry.at("/objectRef/namespace").asText().equals(namespace))
        .map(AuditLog::text)
        .toList();
  }

  private static boolean writes(JsonNode entry) {
    return WRITES.contains(entry.path("verb").asText())
        && !Set.of("leases", "events").contains(entry.path("objectRef").path("resource").asText());
  }

  /** All requests since the mark. */
  List<String> requests() {
    return entries().stream().map(AuditLog::text).toList();
  }

  private List<JsonNode> entries() {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      long before = Math.max(0, mark - 1);
      byte[] bytes = new byte[Math.toIntExact(log.length() - before)];
      log.seek(before);
      log.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      // The last line may be half written, and the one that was being written at the mark is older.
      int first = mark == 0 ? 0 : text.indexOf('\n') + 1;
      int end = text.lastIndexOf('\n') + 1;
      return text.substring(first, end).lines().map(AuditLog::parse).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException failure) {
      throw new UncheckedIOException(line, failure);
    }
  }

  private static String text(JsonNode entry) {
    JsonNode object = entry.path("objectRef");
    return entry.path("verb").asText()
        + " "
        + object.path("resource").asText()
        + (object.path("subresource").asText().isEmpty()
            ? ""
            : "/" + object.path("subresource").asText())
        + " "
        + object.path("namespace").asText()
        + "/"
        + object.path("name").asText();
  }
}
