package dev.pgoperator.watch;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.RoleObjects;
import dev.pgoperator.kube.Change;
import dev.pgoperator.kube.WatchScope;
import dev.pgoperator.kube.Watches;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Watches the objects that define roles for many clusters: the Secrets of infrastructure roles, the
 * ConfigMaps that describe them, and {@code PostgresTeam} objects. Which these are is itself an
 * option. Every cluster is looked at when the content of one has changed.
 */
public final class RoleObjectWatch {
  private final Watches watches;
  private final Optional<String> watchedNamespace;
  private final LiveRoleObjects live;
  private final Rollout rollout;
  private final ConfigJournal journal;
  private final Subscriptions<Wanted> subscriptions =
      new Subscriptions<>(this::subscribe, this::ended);

  private sealed interface Wanted {
    record OfSecret(NamespacedName name) implements Wanted {}

    record OfConfigMap(NamespacedName name) implements Wanted {}

    record OfTeams() implements Wanted {}
  }

  /**
   * @param watchedNamespace where {@code PostgresTeam} objects are; empty for all namespaces
   */
  public RoleObjectWatch(
      Watches watches,
      Optional<String> watchedNamespace,
      LiveRoleObjects live,
      Rollout rollout,
      ConfigJournal journal) {
    this.watches = watches;
    this.watchedNamespace = watchedNamespace;
    this.live = live;
    this.rollout = rollout;
    this.journal = journal;
  }

  /**
   * Watches what this configuration names, and nothing else any more.
   *
   * @return done when all of it has been listed, so that no later change is missed
   */
  public Future<Void> follow(OperatorConfig config) {
    return subscriptions.follow(wanted(config));
  }

  private Set<Wanted> wanted(OperatorConfig config) {
    Set<Wanted> wanted = new HashSet<>();
    config
        .roles()
        .infrastructure()
        .all()
        .forEach(
            source -> {
              NamespacedName name = live.get().whole(source.secret());
              wanted.add(new Wanted.OfSecret(name));
              wanted.add(new Wanted.OfConfigMap(name));
            });
    if (config.roles().teams().objects().enabled()) {
      wanted.add(new Wanted.OfTeams());
    }
    return wanted;
  }

  /** Nobody is told: whoever changed the options has everybody look anyway. */
  private void ended(Wanted one) {
    live.change(
        objects ->
            switch (one) {
              case Wanted.OfSecret(var name) -> objects.withSecret(name, Map.of());
              case Wanted.OfConfigMap(var name) -> objects.withConfigMap(name, Map.of());
              case Wanted.OfTeams() -> objects.withTeams(RoleObjects.Teams.UNKNOWN);
            });
  }

  private Watches.Subscription subscribe(Wanted wanted) {
    return switch (wanted) {
      case Wanted.OfSecret(var name) ->
          watches.subscribe(
              Secret.class,
              Secret::new,
              scope(name),
              change -> heard(name, o -> o.withSecret(name, secret(change))));
      case Wanted.OfConfigMap(var name) ->
          watches.subscribe(
              ConfigMap.class,
              ConfigMap::new,
              scope(name),
              change -> heard(name, o -> o.withConfigMap(name, configMap(change))));
      case Wanted.OfTeams() -> subscribeToTeams();
    };
  }

  private Watches.Subscription subscribeToTeams() {
    NamespacedName name = new NamespacedName("", "PostgresTeam");
    var teams = new TeamWatch(now -> heard(name, o -> o.withTeams(now)), journal);
    var subscription = watches.subscribeToTeams(WatchScope.all(watchedNamespace), teams);
    subscription.listed().onSuccess(all -> teams.listed());
    return subscription;
  }

  private static WatchScope scope(NamespacedName name) {
    return WatchScope.named(Optional.of(name.namespace()), name.name());
  }

  private void heard(NamespacedName name, UnaryOperator<RoleObjects> change) {
    if (live.change(change)) {
      rollout.tell(id -> true, new Trigger.ConfigChanged(name.name()));
    }
  }

  private static Map<String, SecretText> secret(Change<Secret> change) {
    Map<String, SecretText> content = new HashMap<>();
    present(change)
        .map(Secret::getData)
        .ifPresent(
            data ->
                data.forEach((key, encoded) -> content.put(key, new SecretText(plain(encoded)))));
    return content;
  }

  private static Map<String, String> configMap(Change<ConfigMap> change) {
    return present(change).map(ConfigMap::getData).map(Map::copyOf).orElse(Map.of());
  }

  private static <T extends HasMetadata> Optional<T> present(Change<T> change) {
    return switch (change) {
      case Change.Present<T>(var object) -> Optional.of(object);
      case Change.Gone<T>(var _) -> Optional.empty();
    };
  }

  private static String plain(String encoded) {
    return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
  }
}
