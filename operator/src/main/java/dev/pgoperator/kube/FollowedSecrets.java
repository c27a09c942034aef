package dev.pgoperator.kube;

import dev.pgoperator.api.ClusterId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Secrets that belong to clusters and carry none of our labels, because somebody else made them:
 * each is followed by its name, and here is what is known of it. Thread-safe.
 */
public final class FollowedSecrets {
  private final Consumer<ObjectKey> begin;
  private final Map<ObjectKey, Set<ClusterId>> followers = new ConcurrentHashMap<>();
  private final Map<ObjectKey, String> versions = new ConcurrentHashMap<>();

  /**
   * @param begin begins to follow a secret
   */
  FollowedSecrets(Consumer<ObjectKey> begin) {
    this.begin = begin;
  }

  /** From now on the cluster hears of every change of this secret. */
  public void follow(ObjectKey secret, ClusterId cluster) {
    Set<ClusterId> known = followers.putIfAbsent(secret, Set.of(cluster));
    if (known == null) {
      begin.accept(secret);
    } else if (!known.contains(cluster)) {
      followers.computeIfPresent(secret, (key, all) -> with(all, cluster));
    }
  }

  private static Set<ClusterId> with(Set<ClusterId> all, ClusterId one) {
    Set<ClusterId> more = new HashSet<>(all);
    more.add(one);
    return Set.copyOf(more);
  }

  /** Who is to hear of a change; nobody when it need not be followed any more. */
  public Set<ClusterId> followers(ObjectKey secret) {
    return followers.getOrDefault(secret, Set.of());
  }

  /** The cluster is gone. */
  public void release(ClusterId cluster) {
    for (ObjectKey secret : followers.keySet()) {
      followers.computeIfPresent(
          secret,
          (key, all) -> {
            Set<ClusterId> rest = new HashSet<>(all);
            rest.remove(cluster);
            return rest.isEmpty() ? null : Set.copyOf(rest);
          });
    }
  }

  /** The resourceVersion that was seen last; empty while none was, and for one that is gone. */
  public String version(ObjectKey secret) {
    return versions.getOrDefault(secret, "");
  }

  /**
   * Takes note of what was seen.
   *
   * @param version empty when the secret is gone
   */
  public void note(ObjectKey secret, String version) {
    if (version.isEmpty()) {
      versions.remove(secret);
    } else {
      versions.put(secret, version);
    }
  }
}
