package dev.pgoperator.model;

import java.util.List;

/**
 * Which effect a changed path has (behaviour.md §4.7; where the reference restarts pods without
 * need, we do not).
 */
final class Effects {

  private static final String POD = "spec.template.spec.";
  private static final String BOOTSTRAP = "[" + SpiloConfiguration.VARIABLE + "].value.bootstrap";

  /** Matter only while a pod is being placed or started. */
  private static final List<String> NEXT_START = List.of(POD + "schedulerName");

  private static final List<String> IMMUTABLE_IN_SET =
      List.of(
          "spec.serviceName",
          "spec.podManagementPolicy",
          "spec.volumeClaimTemplates",
          "spec.selector");

  private static final String DYNAMIC = ".dcs";
  private static final String PARAMETERS = ".postgresql.parameters";

  private Effects() {}

  static Effect of(String kind, String path, String from, String to, DriftRules rules) {
    return switch (kind) {
      case "StatefulSet" -> ofStatefulSet(path, from, to, rules);
      case "Deployment" -> ofDeployment(path);
      case "PodDisruptionBudget" -> ofBudget(path, to);
      case "RoleBinding" -> path.startsWith("roleRef") ? Effect.RECREATE_OBJECT : Effect.IN_PLACE;
      case "Secret" -> path.equals("type") ? Effect.RECREATE_OBJECT : Effect.IN_PLACE;
      default -> Effect.IN_PLACE;
    };
  }

  /**
   * {@code minAvailable} and {@code maxUnavailable} exclude each other; what an older operator left
   * must go.
   */
  private static Effect ofBudget(String path, String to) {
    boolean left =
        to.isEmpty() && (path.equals("spec.minAvailable") || path.equals("spec.maxUnavailable"));
    return left ? Effect.RECREATE_OBJECT : Effect.IN_PLACE;
  }

  /** Its pods, annotations included, are replaced by Kubernetes as soon as the template changes. */
  private static Effect ofDeployment(String path) {
    if (path.startsWith("spec.selector.")) {
      return Effect.RECREATE_OBJECT;
    }
    return path.startsWith("spec.template.") ? Effect.POD_RECREATION : Effect.IN_PLACE;
  }

  private static Effect ofStatefulSet(String path, String from, String to, DriftRules rules) {
    if (IMMUTABLE_IN_SET.stream().anyMatch(path::startsWith)) {
      return ofImmutable(path, from, to);
    }
    return path.startsWith("spec.template.") ? ofTemplate(path, rules) : Effect.IN_PLACE;
  }

  private static Effect ofImmutable(String path, String from, String to) {
    // Pods that stay would not be found by a selector that asks for more than they have.
    boolean narrowsSelector = path.startsWith("spec.selector") && !to.isEmpty();
    boolean shrinks =
        path.endsWith(".requests.storage")
            && !from.isEmpty()
            && Amount.of(to).compareTo(Amount.of(from)) < 0;
    return narrowsSelector || shrinks ? Effect.FORBIDDEN : Effect.RECREATE_OBJECT;
  }

  private static Effect ofTemplate(String path, DriftRules rules) {
    int bootstrap = path.indexOf(BOOTSTRAP);
    if (bootstrap >= 0) {
      String rest = path.substring(bootstrap + BOOTSTRAP.length());
      return rest.startsWith(DYNAMIC) ? ofDynamic(rest.substring(DYNAMIC.length())) : Effect.NONE;
    }
    if (path.startsWith("spec.template.metadata.annotations")) {
      return Effect.IN_PLACE;
    }
    boolean lazy = rules.lazyImages() && path.endsWith("[" + Names.DATABASE_CONTAINER + "].image");
    boolean harmless = NEXT_START.contains(path) || path.endsWith(".imagePullPolicy");
    return lazy || harmless ? Effect.IN_PLACE : Effect.POD_RECREATION;
  }

  /** Patroni gives parameters on to PostgreSQL; the rest it uses itself. */
  private static Effect ofDynamic(String path) {
    if (!path.startsWith(PARAMETERS)) {
      return Effect.PATRONI_CONFIG;
    }
    String name = path.substring(PARAMETERS.length()).replaceAll("^[.\\[]|\\]$", "");
    return StartParameters.contain(name) ? Effect.POSTGRES_RESTART : Effect.RELOAD;
  }
}
