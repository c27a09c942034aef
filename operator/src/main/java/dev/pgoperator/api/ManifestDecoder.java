package dev.pgoperator.api;

import dev.pgoperator.api.Manifest.Malformed;
import dev.pgoperator.api.Manifest.Valid;
import dev.pgoperator.api.Origin.Deletion;
import dev.pgoperator.api.Origin.Version;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the API server delivered into a {@link Manifest}; a broken object is an answer, not an
 * exception.
 */
final class ManifestDecoder {

  private ManifestDecoder() {}

  static Manifest decode(GenericKubernetesResource raw) {
    ObjectMeta meta = Objects.requireNonNullElseGet(raw.getMetadata(), ObjectMeta::new);
    ClusterId id = new ClusterId(text(meta.getNamespace()), text(meta.getName()));
    Origin origin = origin(meta, raw.getAdditionalProperties().get("status"));
    Findings findings = new Findings();
    Rules.dnsLabel(Rules.LONGEST_NAME)
        .apply(id.name())
        .ifPresent(expected -> findings.problem("metadata.name", Shown.value(id.name()), expected));
    if (!(raw.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec)) {
      findings.problem("spec", "nothing", "an object");
      return new Malformed(id, origin, findings.problems);
    }
    Fields fields = new Fields("spec", spec, findings);
    PostgresqlSpec decoded = SpecDecoder.decode(id, fields);
    return findings.problems.isEmpty()
        ? new Valid(new Postgresql(id, origin, decoded))
        : new Malformed(id, origin, findings.problems);
  }

  private static Origin origin(ObjectMeta meta, @Nullable Object status) {
    return new Origin(
        new Version(
            text(meta.getUid()),
            text(meta.getResourceVersion()),
            Objects.requireNonNullElse(meta.getGeneration(), 0L)),
        strings(meta.getAnnotations()),
        strings(meta.getLabels()),
        Objects.requireNonNullElse(meta.getOwnerReferences(), List.of()),
        new Deletion(
            Objects.requireNonNullElse(meta.getFinalizers(), List.of()),
            time(text(meta.getDeletionTimestamp()))),
        status(status));
  }

  private static ClusterStatus status(@Nullable Object status) {
    if (status instanceof String phase) {
      return new ClusterStatus(phase, 0, List.of());
    }
    if (!(status instanceof Map<?, ?> map)) {
      return ClusterStatus.NONE;
    }
    // Problems in a status are nobody's fault but ours or a stranger's: what cannot be read is as
    // if it were absent.
    Fields fields = new Fields("status", map, new Findings());
    return new ClusterStatus(
        fields.text("PostgresClusterStatus"),
        fields.whole("observedGeneration", 0, Long.MAX_VALUE).orElse(0),
        fields.coreList("conditions", Condition.class));
  }

  private static Optional<Instant> time(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      // Being deleted is what counts; since when is only shown.
      return Optional.of(Instant.EPOCH);
    }
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static Map<String, String> strings(@Nullable Map<String, String> map) {
    if (map == null) {
      return Map.of();
    }
    Map<String, String> present = new HashMap<>(map);
    present.values().removeIf(Objects::isNull);
    return present;
  }
}
