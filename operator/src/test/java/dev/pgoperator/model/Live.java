package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Objects of the case v02-complete, as a Kubernetes 1.34 API server returned them right after a
 * server-side apply.
 */
final class Live {

  private static final Path DIR = Path.of("src/test/resources/live/complete");

  private Live() {}

  static <T extends HasMetadata> T of(T desired) {
    Path file = DIR.resolve(desired.getKind() + "-" + desired.getMetadata().getName() + ".json");
    try {
      @SuppressWarnings("unchecked") // The file holds the object of the same kind and name.
      T live = (T) Json.MAPPER.readValue(file.toFile(), desired.getClass());
      return live;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
