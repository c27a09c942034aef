package dev.pgoperator.model;

import dev.pgoperator.api.Pods.Resources;
import dev.pgoperator.config.Amounts;
import dev.pgoperator.config.PodSettings.ResourceRules;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests and limits of a container (behaviour.md §1.4).
 *
 * @param raised limits that were lifted to a configured minimum, one sentence each
 */
public record ContainerResources(ResourceRequirements value, List<String> raised) {

  private static final List<String> KINDS = List.of("cpu", "memory");

  /** The container of the database, the only one with configured bounds. */
  public static ContainerResources database(Blueprint b) {
    ResourceRules rules = b.config().pods().resources();
    boolean bounded = !b.isWaived(b.config().objects().annotations().ignoreResourcesLimitsKey());
    return resolve(b.spec().pods().resources(), rules.defaults(), rules, bounded);
  }

  /** Any other container. */
  static ContainerResources other(Resources own, Amounts defaults, ResourceRules rules) {
    return resolve(own, defaults, rules, false);
  }

  private static ContainerResources resolve(
      Resources own, Amounts defaults, ResourceRules rules, boolean bounded) {
    Map<String, String> requests =
        chosen(own.requests(), defaults.cpuRequest(), defaults.memoryRequest());
    Map<String, String> limits = chosen(own.limits(), defaults.cpuLimit(), defaults.memoryLimit());
    List<String> raised = new ArrayList<>();
    if (bounded) {
      raise(limits, "cpu", rules.minCpuLimit(), raised);
      raise(limits, "memory", rules.minMemoryLimit(), raised);
    }
    for (String kind : KINDS) {
      if (limits.containsKey(kind) && less(limits.get(kind), requests.getOrDefault(kind, "0"))) {
        limits.put(kind, requests.getOrDefault(kind, "0"));
      }
    }
    if (rules.memoryRequestToLimit()
        && limits.containsKey("memory")
        && less(requests.getOrDefault("memory", "0"), limits.get("memory"))) {
      requests.put("memory", limits.getOrDefault("memory", "0"));
    }
    if (bounded) {
      cap(requests, "cpu", rules.maxCpuRequest());
      cap(requests, "memory", rules.maxMemoryRequest());
    }
    ResourceRequirements value = new ResourceRequirements();
    value.setRequests(quantities(requests));
    value.setLimits(quantities(limits));
    return new ContainerResources(value, List.copyOf(raised));
  }

  /** Manifest before default; huge pages come from the manifest only. */
  private static Map<String, String> chosen(Map<String, String> own, String cpu, String memory) {
    Map<String, String> result = new TreeMap<>();
    own.forEach(
        (kind, amount) -> {
          if (isSet(amount)) {
            result.put(kind, amount);
          }
        });
    if (isSet(cpu)) {
      result.putIfAbsent("cpu", cpu);
    }
    if (isSet(memory)) {
      result.putIfAbsent("memory", memory);
    }
    return result;
  }

  private static boolean isSet(String amount) {
    return !amount.isEmpty() && !amount.equals("0") && !amount.equals("null");
  }

  private static void raise(
      Map<String, String> limits, String kind, String least, List<String> raised) {
    if (isSet(least) && less(limits.getOrDefault(kind, "0"), least)) {
      raised.add(
          "the %s limit %s of container %s is below the configured minimum; using %s"
              .formatted(kind, limits.getOrDefault(kind, "0"), Names.DATABASE_CONTAINER, least));
      limits.put(kind, least);
    }
  }

  private static void cap(Map<String, String> requests, String kind, String most) {
    if (isSet(most) && less(most, requests.getOrDefault(kind, "0"))) {
      requests.put(kind, most);
    }
  }

  private static boolean less(String one, String other) {
    return Amount.of(one).compareTo(Amount.of(other)) < 0;
  }

  private static Map<String, Quantity> quantities(Map<String, String> amounts) {
    Map<String, Quantity> result = new TreeMap<>();
    amounts.forEach((kind, amount) -> result.put(kind, new Quantity(amount)));
    return result;
  }
}
