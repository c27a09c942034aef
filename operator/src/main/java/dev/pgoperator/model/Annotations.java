package dev.pgoperator.model;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Annotations that objects take from the manifest and the configuration (behaviour.md §1.1). */
public final class Annotations {

  /** The role that kube2iam gives to pods. */
  static final String IAM_ROLE = "iam.amazonaws.com/role";

  /** The role that AWS gives to a service account. */
  static final String IRSA_ROLE = "eks.amazonaws.com/role-arn";

  /** Names for external-dns. */
  static final String DNS_HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";

  private Annotations() {}

  /** The manifest's annotations that go to every object. */
  public static Map<String, String> inherited(Blueprint b) {
    Map<String, String> result = new TreeMap<>();
    Map<String, String> own = b.cluster().origin().annotations();
    for (String key : b.config().objects().annotations().inherited()) {
      if (own.containsKey(key)) {
        result.put(key, own.getOrDefault(key, ""));
      }
    }
    return result;
  }

  /** The same and those that tell a downscaler when the workload may sleep. */
  public static Map<String, String> workload(Blueprint b) {
    Map<String, String> result = inherited(b);
    for (String expression : b.config().objects().annotations().downscaler()) {
      var matches = Pattern.compile(expression).asPredicate();
      b.cluster()
          .origin()
          .annotations()
          .forEach(
              (key, value) -> {
                if (matches.test(key)) {
                  result.put(key, value);
                }
              });
    }
    return result;
  }

  /** Annotations of pods that need no account of the cloud. */
  static Map<String, String> podWithoutIdentity(Blueprint b) {
    Map<String, String> result = new TreeMap<>(b.config().objects().annotations().customPod());
    result.putAll(b.spec().pods().annotations());
    result.putAll(inherited(b));
    return result;
  }

  /** Annotations of pods. */
  public static Map<String, String> pod(Blueprint b) {
    Map<String, String> result = podWithoutIdentity(b);
    String role = b.config().objects().podAccount().kubeIamRole();
    if (!role.isEmpty()) {
      result.put(IAM_ROLE, role);
    }
    return result;
  }
}
