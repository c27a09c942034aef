package dev.pgoperator.pg.plan;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares a role's session defaults. No wish means hands off; any wish is the whole list. */
final class RoleParameters {
  private RoleParameters() {}

  static Optional<SetRoleParameters> change(
      RoleName role, Map<String, String> wanted, Map<String, String> have) {
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, String> extra = new TreeMap<>();
    have.forEach((name, value) -> extra.put(Parameter.folded(name), value));
    SortedMap<String, String> set = new TreeMap<>();
    wanted.forEach(
        (name, value) -> {
          String stored = extra.remove(Parameter.folded(name));
          if (stored == null || !Parameter.same(name, value, stored)) {
            set.put(name, value);
          }
        });
    SortedSet<String> reset = new TreeSet<>(extra.keySet());
    return set.isEmpty() && reset.isEmpty()
        ? Optional.empty()
        : Optional.of(new SetRoleParameters(role, set, reset));
  }
}
