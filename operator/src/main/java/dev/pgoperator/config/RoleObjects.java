package dev.pgoperator.config;

import dev.pgoperator.api.PostgresTeam;
import dev.pgoperator.api.SecretText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands in the objects that define roles for many clusters, as it was seen last.
 *
 * @param home namespace of an object whose option does not name one: the operator's own
 * @param secrets contents of Secrets, decoded
 * @param configMaps contents of ConfigMaps
 * @param teams what {@code PostgresTeam} objects say
 */
public record RoleObjects(
    String home,
    Map<NamespacedName, Map<String, SecretText>> secrets,
    Map<NamespacedName, Map<String, String>> configMaps,
    Teams teams) {

  /**
   * All {@code PostgresTeam} objects together.
   *
   * @param complete whether there are no others; false while some were not seen or cannot be read
   */
  public record Teams(List<PostgresTeam> known, boolean complete) {
    /** Nothing was seen yet. */
    public static final Teams UNKNOWN = new Teams(List.of(), false);

    public Teams {
      known = List.copyOf(known);
    }
  }

  public RoleObjects {
    secrets = Map.copyOf(secrets);
    configMaps = Map.copyOf(configMaps);
  }

  /** Nothing was seen yet. */
  public static RoleObjects none(String home) {
    return new RoleObjects(home, Map.of(), Map.of(), Teams.UNKNOWN);
  }

  /** With its namespace. */
  public NamespacedName whole(NamespacedName name) {
    return new NamespacedName(name.namespaceOr(home), name.name());
  }

  /** Empty when there is no such Secret, or it was not seen. */
  public Map<String, SecretText> secret(NamespacedName name) {
    return secrets.getOrDefault(whole(name), Map.of());
  }

  /** Empty when there is no such ConfigMap, or it was not seen. */
  public Map<String, String> configMap(NamespacedName name) {
    return configMaps.getOrDefault(whole(name), Map.of());
  }

  /** The same with this Secret; one without content is as good as none. */
  public RoleObjects withSecret(NamespacedName name, Map<String, SecretText> content) {
    return new RoleObjects(home, with(secrets, name, content), configMaps, teams);
  }

  /** The same with this ConfigMap; one without content is as good as none. */
  public RoleObjects withConfigMap(NamespacedName name, Map<String, String> content) {
    return new RoleObjects(home, secrets, with(configMaps, name, content), teams);
  }

  /** The same with these teams. */
  public RoleObjects withTeams(Teams now) {
    return new RoleObjects(home, secrets, configMaps, now);
  }

  private static <T> Map<NamespacedName, Map<String, T>> with(
      Map<NamespacedName, Map<String, T>> all, NamespacedName name, Map<String, T> content) {
    Map<NamespacedName, Map<String, T>> next = new HashMap<>(all);
    next.remove(name);
    if (!content.isEmpty()) {
      next.put(name, Map.copyOf(content));
    }
    return next;
  }
}
