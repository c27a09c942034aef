package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Environment variables of a container in order, each name once. */
final class Env {

  private final Map<String, EnvVar> byName = new LinkedHashMap<>();

  /** Adds a variable unless one of that name, in upper or lower case, is there already. */
  void add(EnvVar variable) {
    byName.putIfAbsent(key(variable), variable);
  }

  /**
   * Adds a variable that wins over an earlier one: the last of two equal names is the one that
   * containers see.
   */
  void override(EnvVar variable) {
    EnvVar before = byName.get(key(variable));
    if (before != null && before.getName().equals(variable.getName())) {
      byName.remove(key(variable));
    }
    // A name that differs in case only is another variable to the container; both stay.
    byName.put(byName.containsKey(key(variable)) ? variable.getName() : key(variable), variable);
  }

  private static String key(EnvVar variable) {
    return variable.getName().toLowerCase(Locale.ROOT);
  }

  List<EnvVar> list() {
    return new ArrayList<>(byName.values());
  }

  static EnvVar value(String name, String value) {
    return new EnvVar(name, value, null);
  }

  static EnvVar field(String name, String path) {
    EnvVarSource source = new EnvVarSource();
    source.setFieldRef(new ObjectFieldSelector("v1", path));
    return new EnvVar(name, null, source);
  }

  static EnvVar secret(String name, String secret, String key) {
    EnvVarSource source = new EnvVarSource();
    source.setSecretKeyRef(new SecretKeySelector(key, secret, null));
    return new EnvVar(name, null, source);
  }
}
