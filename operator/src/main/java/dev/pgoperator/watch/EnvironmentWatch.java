package dev.pgoperator.watch;

import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.kube.Change;
import dev.pgoperator.kube.EnvironmentObjects;
import dev.pgoperator.kube.ObjectKey;
import dev.pgoperator.kube.WatchScope;
import dev.pgoperator.kube.Watches;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Watches the ConfigMaps and Secrets from which pods take further variables ({@code
 * pod_environment_configmap}, {@code pod_environment_secret}), and has the clusters looked at that
 * take theirs from an object that changed. Which objects these are is itself an option. Of a Secret
 * only the names of its keys are kept.
 */
public final class EnvironmentWatch {
  private final Watches watches;
  private final Optional<String> watchedNamespace;
  private final Rollout rollout;
  private final Subscriptions<Wanted> subscriptions =
      new Subscriptions<>(this::subscribe, this::ended);
  private final EnvironmentObjects known;
  private final Map<Seen, Map<String, String>> contents = new ConcurrentHashMap<>();

  private enum Kind {
    CONFIG_MAP,
    SECRET
  }

  /**
   * Objects of one name.
   *
   * @param namespace empty for all namespaces
   * @param everybody whether clusters of every namespace read them, otherwise those of their own
   */
  private record Wanted(Kind kind, Optional<String> namespace, String name, boolean everybody) {}

  private record Seen(Wanted by, ObjectKey object) {}

  /**
   * @param watchedNamespace where clusters are; empty for all namespaces
   * @param known takes note of what is seen
   */
  public EnvironmentWatch(
      Watches watches,
      Optional<String> watchedNamespace,
      Rollout rollout,
      EnvironmentObjects known) {
    this.watches = watches;
    this.known = known;
    this.watchedNamespace = watchedNamespace;
    this.rollout = rollout;
  }

  /**
   * Watches what this configuration names, and nothing else any more.
   *
   * @return done when all of it has been listed, so that no later change is missed
   */
  public Future<Void> follow(OperatorConfig config) {
    return subscriptions.follow(wanted(config));
  }

  /** An object that another of the watches still sees is not forgotten. */
  private void ended(Wanted one) {
    Set<ObjectKey> seenByIt =
        contents.keySet().stream()
            .filter(seen -> seen.by().equals(one))
            .map(Seen::object)
            .collect(Collectors.toSet());
    contents.keySet().removeIf(seen -> seen.by().equals(one));
    contents.keySet().forEach(seen -> seenByIt.remove(seen.object()));
    seenByIt.forEach(known::forget);
  }

  private Set<Wanted> wanted(OperatorConfig config) {
    var mounts = config.pods().mounts();
    Set<Wanted> wanted = new HashSet<>();
    var configMap = mounts.environmentConfigMap();
    if (configMap.isSet()) {
      // Where the named namespace has none, that of the cluster's own namespace counts.
      wanted.add(new Wanted(Kind.CONFIG_MAP, watchedNamespace, configMap.name(), false));
      if (!configMap.namespace().isEmpty()) {
        wanted.add(
            new Wanted(
                Kind.CONFIG_MAP, Optional.of(configMap.namespace()), configMap.name(), true));
      }
    }
    if (!mounts.environmentSecret().isEmpty()) {
      wanted.add(new Wanted(Kind.SECRET, watchedNamespace, mounts.environmentSecret(), false));
    }
    String backups = config.addOns().logicalBackup().job().environmentSecret();
    if (!backups.isEmpty()) {
      wanted.add(new Wanted(Kind.SECRET, watchedNamespace, backups, false));
    }
    return wanted;
  }

  private Watches.Subscription subscribe(Wanted wanted) {
    WatchScope scope = WatchScope.named(wanted.namespace(), wanted.name());
    return switch (wanted.kind()) {
      case CONFIG_MAP ->
          watches.subscribe(
              ConfigMap.class, ConfigMap::new, scope, change -> heard(wanted, change));
      case SECRET ->
          watches.subscribe(Secret.class, Secret::new, scope, change -> heard(wanted, change));
    };
  }

  private <T extends HasMetadata> void heard(Wanted wanted, Change<T> change) {
    switch (change) {
      case Change.Present<T>(var object) -> {
        Map<String, String> now = EnvironmentObjects.variables(object);
        known.note(ObjectKey.of(object), now);
        if (!now.equals(contents.put(new Seen(wanted, ObjectKey.of(object)), now))) {
          tell(wanted, object);
        }
      }
      case Change.Gone<T>(var last) -> {
        contents.remove(new Seen(wanted, ObjectKey.of(last)));
        known.forget(ObjectKey.of(last));
        tell(wanted, last);
      }
    }
  }

  private void tell(Wanted wanted, HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    rollout.tell(
        id -> wanted.everybody() || id.namespace().equals(namespace),
        new Trigger.ConfigChanged(ObjectKey.of(object).toString()));
  }
}
