package dev.pgoperator.model;

import java.util.List;
import java.util.Set;

/** Fields that the API server fills in when nobody sets them. */
final class ServerDefaults {

  private static final Set<String> FIELDS =
      Set.of(
          "dnsPolicy",
          "restartPolicy",
          "schedulerName",
          "serviceAccount",
          "terminationMessagePath",
          "terminationMessagePolicy",
          "imagePullPolicy",
          "defaultMode",
          "revisionHistoryLimit",
          "progressDeadlineSeconds",
          "suspend",
          "minReadySeconds",
          "scheme",
          "failureThreshold",
          "successThreshold",
          "periodSeconds",
          "timeoutSeconds",
          "protocol",
          "internalTrafficPolicy",
          "sessionAffinity",
          "ipFamilyPolicy",
          "clusterIP",
          "allocateLoadBalancerNodePorts",
          "nodePort",
          "healthCheckNodePort",
          "apiGroup",
          "apiVersion",
          "divisor",
          "volumeMode",
          "partition");

  /** Parts that are filled in with all that is below them. */
  private static final List<String> WHOLE =
      List.of("spec.ipFamilies[", "spec.clusterIPs[", "spec.strategy.");

  private ServerDefaults() {}

  static boolean isOne(String path) {
    return WHOLE.stream().anyMatch(path::startsWith)
        || FIELDS.contains(path.substring(path.lastIndexOf('.') + 1));
  }
}
