package dev.pgoperator.api;

import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metadata of a manifest that we act on, with the status that was read together with it. */
public record Origin(
    Version version,
    Map<String, String> annotations,
    Map<String, String> labels,
    List<OwnerReference> ownerReferences,
    Deletion deletion,
    ClusterStatus status) {
  /** Annotation that says which of several operators owns a manifest (api.md §3.13). */
  public static final String CONTROLLER = "acid.zalan.do/controller";

  /** Which object this is and how new it is; {@code generation} counts changes of the spec only. */
  public record Version(String uid, String resourceVersion, long generation) {}

  /**
   * Who must let go before the object disappears, and since when its deletion has been asked for.
   */
  public record Deletion(List<String> finalizers, Optional<Instant> since) {
    public Deletion {
      finalizers = List.copyOf(finalizers);
    }
  }

  public Origin {
    annotations = Sorted.copyOf(annotations);
    labels = Sorted.copyOf(labels);
    ownerReferences = List.copyOf(ownerReferences);
  }

  public String uid() {
    return version.uid();
  }

  public String resourceVersion() {
    return version.resourceVersion();
  }

  public long generation() {
    return version.generation();
  }

  public List<String> finalizers() {
    return deletion.finalizers();
  }

  public Optional<Instant> deletionTimestamp() {
    return deletion.since();
  }

  /** Whose it is; empty for the operator that has no id. */
  public String controller() {
    return annotation(CONTROLLER);
  }

  /** An annotation's value, or empty text when the manifest does not carry it. */
  public String annotation(String key) {
    return annotations.getOrDefault(key, "");
  }
}
