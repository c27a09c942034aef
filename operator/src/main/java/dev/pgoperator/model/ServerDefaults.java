package dev.pgoperator.model;

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

  private ServerDefaults() {}

  static boolean isOne(String path) {
    if (path.startsWith("spec.ipFamilies[") || path.startsWith("spec.clusterIPs[")) {
      return true;
    }
    return FIELDS.contains(path.substring(path.lastIndexOf('.') + 1));
  }
}
