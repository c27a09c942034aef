package dev.pgoperator.kube;

import dev.pgoperator.api.ClusterId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decisions read of a database pod; the rest of the object is not kept.
 *
 * @param role value of the role label that Patroni sets: {@code master}, {@code replica}, or empty
 *     when Patroni has not set one
 */
public record PodState(
    ClusterId cluster, String name, String uid, String role, Place place, Health health) {

  /**
   * Where the pod is and what it was made from.
   *
   * @param address pod IP, or empty while the pod has none
   * @param revision name of the StatefulSet revision that the pod was made from
   * @param since when it was made
   */
  public record Place(String address, String node, String revision, Instant since) {}

  /**
   * How the pod is.
   *
   * @param ready the Kubernetes condition {@code Ready}
   * @param trouble why a container does not run, such as {@code ErrImagePull}, or why the pod is on
   *     no node; empty when nothing says so
   * @param marks what was written on the pod
   */
  public record Health(
      String phase, boolean ready, boolean deleting, String trouble, Marks marks) {}

  /**
   * What was written on a pod for those who decide about it.
   *
   * @param condemned whether an annotation asks that the pod be replaced
   * @param critical whether a label says that nothing may disturb it
   * @param stalled whether its Patroni says that it is a replica to which no WAL streams
   */
  public record Marks(boolean condemned, boolean critical, boolean stalled) {}

  /** Label of a pod in the middle of a critical operation (behaviour.md §1.11). */
  public static final String CRITICAL = "critical-operation";

  /** Annotation of a pod that has to be replaced whatever it was made from (behaviour.md §4.7). */
  public static final String REPLACE = "zalando-postgres-operator-rolling-update-required";

  /** Label that the StatefulSet controller puts on its pods. */
  public static final String REVISION = "controller-revision-hash";

  /**
   * Reduces a pod to what is kept of it.
   *
   * @param nameLabel label that holds the cluster's name
   * @param roleLabel label that holds the pod's role
   */
  public static PodState of(Pod pod, String nameLabel, String roleLabel) {
    var meta = pod.getMetadata();
    Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
    Map<String, String> annotations =
        meta.getAnnotations() == null ? Map.of() : meta.getAnnotations();
    var status = Optional.ofNullable(pod.getStatus());
    return new PodState(
        new ClusterId(meta.getNamespace().intern(), shared(labels, nameLabel)),
        meta.getName(),
        meta.getUid(),
        shared(labels, roleLabel),
        new Place(
            status.map(s -> s.getPodIP()).orElse(""),
            Optional.ofNullable(pod.getSpec()).map(s -> s.getNodeName()).orElse("").intern(),
            shared(labels, REVISION),
            time(meta.getCreationTimestamp())),
        new Health(
            status.map(s -> s.getPhase()).orElse("Unknown").intern(),
            isReady(status),
            meta.getDeletionTimestamp() != null,
            PodTrouble.of(pod),
            new Marks(
                Boolean.parseBoolean(annotations.get(REPLACE)),
                Boolean.parseBoolean(labels.get(CRITICAL)),
                MemberAnnotation.saysStalled(annotations))));
  }

  /** Many pods say the same: it is kept once. */
  private static String shared(Map<String, String> labels, String label) {
    return labels.getOrDefault(label, "").intern();
  }

  private static Instant time(@Nullable String timestamp) {
    return timestamp == null ? Instant.EPOCH : Instant.parse(timestamp);
  }

  private static boolean isReady(Optional<PodStatus> status) {
    return status.stream()
        .flatMap(s -> s.getConditions().stream())
        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** The same pod on its way out. */
  PodState leaving() {
    var now = new Health(health.phase(), health.ready(), true, health.trouble(), health.marks());
    return new PodState(cluster, name, uid, role, place, now);
  }

  public boolean condemned() {
    return health.marks().condemned();
  }

  public boolean critical() {
    return health.marks().critical();
  }

  /** Whether it is a replica that runs and does not stream, as far as its Patroni has said. */
  public boolean stalled() {
    return health.marks().stalled();
  }

  public String address() {
    return place.address();
  }

  public boolean ready() {
    return health.ready();
  }

  public String trouble() {
    return health.trouble();
  }

  /** Whether Patroni and PostgreSQL can be asked at {@link #address}. */
  public boolean reachable() {
    return !health.deleting() && "Running".equals(health.phase()) && !address().isEmpty();
  }

  /** Whether it is one of the StatefulSet's; those of add-ons may carry the same labels. */
  public boolean ofDatabase() {
    return ordinal() >= 0 && name.equals(cluster.name() + "-" + ordinal());
  }

  /** The number that the StatefulSet gave the pod, or -1 for a name without one. */
  public int ordinal() {
    String digits = name.substring(name.lastIndexOf('-') + 1);
    return digits.chars().allMatch(Character::isDigit) && !digits.isEmpty() && digits.length() < 10
        ? Integer.parseInt(digits)
        : -1;
  }
}
