package dev.pgoperator.model;

import java.util.regex.Pattern;

/**
 * One field in which a live object is not as desired.
 *
 * @param field path such as {@code spec.template.spec.containers[postgres].image}
 * @param from live value, empty when the field is missing; masked when it is secret
 * @param to desired value, empty when the field has to go; masked when it is secret
 */
public record Difference(String field, String from, String to, Effect effect) {

  /** Values that can be shown to everybody: any other may be, or may hold, a secret. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          ".*\\.(image|imagePullPolicy|cpu|memory|storage|replicas|minAvailable|maxUnavailable"
              + "|type|externalTrafficPolicy|schedule|priorityClassName|serviceAccountName"
              + "|terminationGracePeriodSeconds|schedulerName|runAsUser|runAsGroup|fsGroup"
              + "|privileged|allowPrivilegeEscalation|readOnlyRootFilesystem|sizeLimit"
              + "|env\\[PGVERSION\\](\\.value)?)");

  /** One sentence for the log and for Events: without any value that could be a secret. */
  public String shown() {
    if (HARMLESS.matcher(field).matches()) {
      return text();
    }
    String what = from.isEmpty() ? "add" : to.isEmpty() ? "remove" : "change";
    return field + ": " + what;
  }

  /** One sentence with both values, for those who may read the objects themselves. */
  public String text() {
    if (from.isEmpty()) {
      return field + ": add " + to;
    }
    return to.isEmpty() ? field + ": remove " + from : field + ": " + from + " -> " + to;
  }
}
