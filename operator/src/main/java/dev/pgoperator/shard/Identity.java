package dev.pgoperator.shard;

import java.util.Map;
import java.util.UUID;

/**
 * Who holds a lease: one pod, also after its container was started anew, so that it takes its own
 * leases back at once. Never two pods: where the pod's uid is not known its name is not enough
 * (pods on the node's network share one), so a process has an identity for itself then.
 */
public record Identity(String value) {

  /**
   * The identity of this process.
   *
   * @param environment {@code POD_NAME} and {@code POD_UID}, as the Deployment gives them
   */
  public static Identity of(Map<String, String> environment) {
    String name =
        environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", "operator"));
    String uid = environment.getOrDefault("POD_UID", "");
    return new Identity(name + "_" + (uid.isEmpty() ? UUID.randomUUID().toString() : uid));
  }
}
