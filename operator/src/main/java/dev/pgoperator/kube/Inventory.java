package dev.pgoperator.kube;

import dev.pgoperator.api.ClusterId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the watches know of the objects that belong to clusters: for each a version and a hash over
 * the fields that this operator owns, for pods their {@link PodState}. Thread-safe; written by
 * watches and by the sync that just wrote an object, so that the sync sees its own writes.
 */
public final class Inventory {
  /** A cluster may have objects of these kinds under names that do not follow from its manifest. */
  private static final Set<String> LISTED = Set.of("CronJob", "FabricEventStream");

  private final Map<ObjectKey, Seen> objects = new ConcurrentHashMap<>();
  private final Map<ClusterId, Map<String, PodState>> pods = new ConcurrentHashMap<>();
  private final Map<ClusterId, Set<ObjectKey>> listed = new ConcurrentHashMap<>();
  private final Nodes nodes = new Nodes();
  private final EnvironmentObjects environment = new EnvironmentObjects();
  private final FollowedSecrets followed;
  private final Function<HasMetadata, String> ownedHash;

  /**
   * One object as last seen.
   *
   * @param version resourceVersion
   * @param owned hash over the fields that this operator set
   * @param deleting whether its deletion has begun
   * @param revision of a StatefulSet, the name of the revision that its newest template became;
   *     empty while its controller has not seen that template, and for objects of other kinds
   */
  public record Seen(String uid, String version, String owned, boolean deleting, String revision) {}

  /**
   * @param ownedHash hash over those fields of a live object that this operator owns
   */
  public Inventory(Function<HasMetadata, String> ownedHash) {
    this(ownedHash, secret -> {});
  }

  /**
   * @param follow begins to watch a single secret
   */
  public Inventory(Function<HasMetadata, String> ownedHash, Consumer<ObjectKey> follow) {
    this.ownedHash = ownedHash;
    this.followed = new FollowedSecrets(follow);
  }

  public Optional<Seen> find(Class<? extends HasMetadata> type, String namespace, String name) {
    return find(ObjectKey.of(type, namespace, name));
  }

  public Optional<Seen> find(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  /**
   * Takes note of a live object, unless a newer version of it is known.
   *
   * @return whether something differs from what was known that decisions read: the object is new,
   *     its owned fields changed, the controller of a StatefulSet took up its template, or a secret
   *     changed in whatever: after a first edit its password is not a field of ours any more
   */
  public boolean note(HasMetadata live) {
    var meta = live.getMetadata();
    Seen now =
        new Seen(
            meta.getUid(),
            meta.getResourceVersion(),
            ownedHash.apply(live),
            meta.getDeletionTimestamp() != null,
            live instanceof StatefulSet set ? revision(set) : "");
    ObjectKey key = ObjectKey.of(live);
    Seen before = objects.get(key);
    if (before != null
        && before.uid().equals(now.uid())
        && newer(before.version(), now.version())) {
      return false;
    }
    objects.put(before == null ? key.shared() : key, now);
    return before == null
        || (live instanceof Secret && !before.version().equals(now.version()))
        || !before.owned().equals(now.owned())
        || before.deleting() != now.deleting()
        || (!now.revision().isEmpty() && !now.revision().equals(before.revision()))
        || !before.uid().equals(now.uid());
  }

  private static String revision(StatefulSet set) {
    var status = set.getStatus();
    boolean seen =
        status != null
            && status.getObservedGeneration() != null
            && set.getMetadata().getGeneration() != null
            && status.getObservedGeneration() >= set.getMetadata().getGeneration();
    return seen ? Objects.requireNonNullElse(status.getUpdateRevision(), "") : "";
  }

  /** Takes note of an object that belongs to a cluster; see {@link #note(HasMetadata)}. */
  public boolean note(HasMetadata live, ClusterId owner) {
    ObjectKey key = ObjectKey.of(live);
    if (LISTED.contains(key.kind())) {
      listed.computeIfAbsent(owner, id -> ConcurrentHashMap.newKeySet()).add(key);
    }
    return note(live);
  }

  /** The names of a cluster's objects of a listed kind, sorted. */
  public List<String> names(Class<? extends HasMetadata> type, ClusterId owner) {
    return listed.getOrDefault(owner, Set.of()).stream()
        .filter(key -> key.kind().equals(type.getSimpleName()))
        .map(ObjectKey::name)
        .sorted()
        .toList();
  }

  /**
   * Forgets an object.
   *
   * @return whether it was known
   */
  public boolean forget(HasMetadata gone) {
    return forget(ObjectKey.of(gone));
  }

  /** Forgets an object that belonged to a cluster; see {@link #forget(HasMetadata)}. */
  public boolean forget(ObjectKey key, ClusterId owner) {
    listed.computeIfPresent(
        owner,
        (id, known) -> {
          known.remove(key);
          return known.isEmpty() ? null : known;
        });
    return forget(key);
  }

  private boolean forget(ObjectKey key) {
    return objects.remove(key) != null;
  }

  /** What is known of secrets that are watched one by one. */
  public FollowedSecrets followed() {
    return followed;
  }

  /** What is known of the objects from which pods take variables. */
  public EnvironmentObjects environment() {
    return environment;
  }

  /** What is known of the nodes. */
  public Nodes nodes() {
    return nodes;
  }

  /** The clusters that have a pod on this node. */
  public Set<ClusterId> clustersOn(String node) {
    return pods.values().stream()
        .flatMap(known -> known.values().stream())
        .filter(pod -> pod.place().node().equals(node))
        .map(PodState::cluster)
        .collect(Collectors.toSet());
  }

  /** How many clusters other than this one are in the middle of a critical operation. */
  public long criticalBeside(ClusterId own) {
    return pods.entrySet().stream()
        .filter(known -> !known.getKey().equals(own))
        .filter(known -> known.getValue().values().stream().anyMatch(PodState::critical))
        .count();
  }

  /** The pods of a cluster by their number. */
  public List<PodState> pods(ClusterId id) {
    return pods.getOrDefault(id, Map.of()).values().stream()
        .sorted(Comparator.comparingInt(PodState::ordinal).thenComparing(PodState::name))
        .toList();
  }

  /**
   * Takes note of a pod.
   *
   * @return whether anything that decisions read has changed
   */
  public boolean note(PodState pod) {
    return !pod.equals(
        pods.computeIfAbsent(pod.cluster(), id -> new ConcurrentHashMap<>()).put(pod.name(), pod));
  }

  /** Takes note that the deletion of this pod has begun, before the watch tells. */
  public void leaves(PodState pod) {
    pods.computeIfPresent(
        pod.cluster(),
        (id, known) -> {
          known.computeIfPresent(
              pod.name(), (name, now) -> now.uid().equals(pod.uid()) ? now.leaving() : now);
          return known;
        });
  }

  /** Forgets a pod. */
  public void forget(PodState pod) {
    pods.computeIfPresent(
        pod.cluster(),
        (id, known) -> {
          known.remove(pod.name());
          return known.isEmpty() ? null : known;
        });
  }

  /** Versions of the API server grow; one that is not a number is never called newer. */
  private static boolean newer(String known, String arrived) {
    if (known.length() != arrived.length()) {
      return digits(known) && digits(arrived) && known.length() > arrived.length();
    }
    return digits(known) && digits(arrived) && known.compareTo(arrived) > 0;
  }

  private static boolean digits(String text) {
    return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
  }
}
