package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
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
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  static EnvVar field(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef("v1", path)
        .endValueFrom()
        .build();
  }

  static EnvVar secret(String name, String secret, String key) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef()
        .withName(secret)
        .withKey(key)
        .endSecretKeyRef()
        .endValueFrom()
        .build();
  }
}
