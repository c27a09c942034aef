package dev.pgoperator.config;

import dev.pgoperator.config.RoleSettings.InfrastructureSecret;
import dev.pgoperator.config.RoleSettings.SecretKeys;
import dev.pgoperator.config.RoleSettings.StandIns;
import java.util.Map;
import java.util.Optional;

/** The two written forms of one infrastructure secret (api.md §2.6). */
final class Infrastructure {

  private Infrastructure() {}

  static Optional<InfrastructureSecret> fromObject(Object item) {
    return item instanceof Map<?, ?> map
        ? Literals.pairs(map)
            .flatMap(pairs -> secret(NamespacedName.parse(text(pairs, "secretname")), pairs))
        : Optional.empty();
  }

  /** In a ConfigMap a bare secret name means namespace {@code default}, unlike everywhere else. */
  static Optional<InfrastructureSecret> fromPairs(Map<String, String> pairs) {
    NamespacedName named = NamespacedName.parse(text(pairs, "secretname"));
    return secret(new NamespacedName(named.namespaceOr("default"), named.name()), pairs);
  }

  private static Optional<InfrastructureSecret> secret(
      NamespacedName name, Map<String, String> pairs) {
    SecretKeys keys =
        new SecretKeys(
            text(pairs, "userkey"),
            text(pairs, "passwordkey"),
            text(pairs, "rolekey"),
            text(pairs, "details"));
    StandIns standIns =
        new StandIns(text(pairs, "defaultuservalue"), text(pairs, "defaultrolevalue"));
    boolean numbered = Literals.flag(text(pairs, "template")).orElse(false);
    boolean named = !keys.user().isEmpty() || !standIns.user().isEmpty();
    return name.isWellFormed() && named && !keys.password().isEmpty()
        ? Optional.of(new InfrastructureSecret(name, keys, standIns, numbered))
        : Optional.empty();
  }

  private static String text(Map<String, String> pairs, String key) {
    return pairs.getOrDefault(key, "").strip();
  }
}
