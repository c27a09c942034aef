package dev.pgoperator.watch;

import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import dev.pgoperator.kube.FollowedSecrets;
import dev.pgoperator.kube.ObjectKey;
import dev.pgoperator.kube.WatchScope;
import dev.pgoperator.kube.Watches;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches single secrets by their names, for clusters that were given theirs, and tells these
 * clusters of every change. Each takes a connection to the API server, so there is a bound; those
 * above it are looked at by thorough syncs.
 */
public final class SecretFollowing {
  static final int MOST = 200;

  private static final Logger LOG = LoggerFactory.getLogger(SecretFollowing.class);

  private final Watches watches;
  private final Fleet fleet;
  private final Map<ObjectKey, Watches.Subscription> running = new ConcurrentHashMap<>();

  public SecretFollowing(Watches watches, Fleet fleet) {
    this.watches = watches;
    this.fleet = fleet;
  }

  /** Begins to follow a secret. */
  public void begin(FollowedSecrets followed, ObjectKey secret) {
    if (running.size() >= MOST) {
      LOG.warn("{} is not watched: {} secrets without our labels are already", secret, MOST);
      return;
    }
    WatchScope scope = WatchScope.named(Optional.of(secret.namespace()), secret.name());
    running.computeIfAbsent(
        secret,
        key ->
            watches.subscribe(
                Secret.class, Secret::new, scope, change -> heard(followed, key, change)));
  }

  private void heard(FollowedSecrets followed, ObjectKey secret, Change<Secret> change) {
    String version =
        switch (change) {
          case Change.Present<Secret>(var live) -> live.getMetadata().getResourceVersion();
          case Change.Gone<Secret> _ -> "";
        };
    followed.note(secret, version);
    var trigger = new Trigger.ObjectChanged(secret.toString());
    followed.followers(secret).forEach(id -> fleet.tellIfKnown(id, trigger));
  }

  /** Ends the watches of secrets that nobody follows any more. */
  public void tidy(FollowedSecrets followed) {
    running
        .keySet()
        .removeIf(
            secret -> {
              boolean over = followed.followers(secret).isEmpty();
              if (over) {
                Optional.ofNullable(running.get(secret)).ifPresent(Watches.Subscription::end);
                followed.note(secret, "");
              }
              return over;
            });
  }
}
