package dev.pgoperator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A manifest, the configuration it was applied under, and what the reference operator made of them.
 *
 * @param config the operator's configuration first, then what else the manifest finds there
 */
record RecordedCase(
    String id, JsonNode manifest, List<JsonNode> config, List<RecordedObject> objects) {
  private static final Path FOLDER =
      Path.of("..", "operator", "src", "test", "resources", "conformance");
  private static final ObjectReader YAML =
      new ObjectMapper(new YAMLFactory()).readerFor(JsonNode.class);

  /** Images that exist where the tests run; the names are free to be chosen by a configuration. */
  private static final Map<String, String> IMAGES =
      Map.of(
          "ghcr.io/zalando/spilo-17:4.0-p3", image("PGOPERATOR_POSTGRES_IMAGE", "spilo:bed"),
          "registry.k8s.io/pause:3.10", image("PGOPERATOR_PAUSE_IMAGE", "pause:bed"));

  /** Of the images of Spilo and of the bed; the recorded one is that of another image. */
  private static final int POSTGRES_GROUP = 103;

  static String image(String variable, String ours) {
    String given = System.getenv(variable);
    return given == null || given.isEmpty() ? "docker.io/pgoperator/" + ours : given;
  }

  /** All that were recorded in this namespace, which is to say under one configuration. */
  static List<RecordedCase> of(String namespace) {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders
          .sorted()
          .map(RecordedCase::read)
          .filter(one -> one.namespace().equals(namespace))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static RecordedCase read(Path folder) {
    return new RecordedCase(
        String.valueOf(folder.getFileName()),
        documents(folder.resolve("manifest.yaml")).getFirst(),
        documents(folder.resolve("config.yaml")),
        documents(folder.resolve("objects.yaml")).stream().map(RecordedObject::new).toList());
  }

  private static List<JsonNode> documents(Path file) {
    try {
      String text = Files.readString(file);
      for (Map.Entry<String, String> image : IMAGES.entrySet()) {
        text = text.replace(image.getKey(), image.getValue());
      }
      text = text.replaceAll("(?i)(fsGroup): 102\\b", "$1: " + POSTGRES_GROUP);
      try (MappingIterator<JsonNode> all = YAML.readValues(text)) {
        return all.readAll();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(file.toString(), failure);
    }
  }

  String namespace() {
    return manifest.at("/metadata/namespace").asText();
  }

  String cluster() {
    return manifest.at("/metadata/name").asText();
  }

  /** The manifest's own record: status and the spec as it was stored. */
  RecordedObject ownRecord() {
    return objects.stream()
        .filter(object -> object.kind().equals("postgresql"))
        .findFirst()
        .orElseThrow();
  }

  String status() {
    return ownRecord().content().at("/status/PostgresClusterStatus").asText();
  }
}
