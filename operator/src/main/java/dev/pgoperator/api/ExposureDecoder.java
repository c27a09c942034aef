package dev.pgoperator.api;

import dev.pgoperator.api.Exposure.Door;
import java.util.List;
import java.util.Map;

/** Decodes what concerns services, with the two names that v1.15 had for load balancers. */
final class ExposureDecoder {

  private static final int HIGHEST_PORT = 65_535;

  private ExposureDecoder() {}

  static Exposure decode(Fields spec) {
    Toggle primary = spec.toggle("enableMasterLoadBalancer");
    Toggle replica = spec.toggle("enableReplicaLoadBalancer");
    Toggle oldPrimary = deprecated(spec, "useLoadBalancer", "enableMasterLoadBalancer");
    Toggle oldReplica = deprecated(spec, "replicaLoadBalancer", "enableReplicaLoadBalancer");
    // The old names count only in a manifest that has neither of the new ones (api.md §1.3.4).
    boolean old = !primary.isSet() && !replica.isSet();
    Map<String, String> primaryNotes = spec.texts("masterServiceAnnotations");
    Map<String, String> replicaNotes = spec.texts("replicaServiceAnnotations");
    return new Exposure(
        door(spec, "master", old ? oldPrimary : primary, primaryNotes),
        door(spec, "replica", old ? oldReplica : replica, replicaNotes),
        door(spec, "masterPooler", spec.toggle("enableMasterPoolerLoadBalancer"), primaryNotes),
        door(spec, "replicaPooler", spec.toggle("enableReplicaPoolerLoadBalancer"), replicaNotes),
        sourceRanges(spec),
        spec.texts("serviceAnnotations"));
  }

  private static List<String> sourceRanges(Fields spec) {
    List<String> ranges = spec.textList("allowedSourceRanges");
    for (int i = 0; i < ranges.size(); i++) {
      if (!Rules.isRange(ranges.get(i))) {
        spec.problem(
            "allowedSourceRanges[" + i + "]",
            Shown.value(ranges.get(i)),
            "addresses such as 10.0.0.0/8");
      }
    }
    return ranges;
  }

  private static Toggle deprecated(Fields spec, String name, String successor) {
    if (spec.has(name)) {
      spec.findings().deprecated(spec.path(name), spec.path(successor));
    }
    return spec.toggle(name);
  }

  private static Door door(
      Fields spec, String role, Toggle loadBalancer, Map<String, String> annotations) {
    String capital = Character.toUpperCase(role.charAt(0)) + role.substring(1);
    return new Door(
        loadBalancer,
        spec.toggle("enable" + capital + "NodePort"),
        spec.integer(role + "NodePort", 0, HIGHEST_PORT),
        annotations);
  }
}
