package dev.pgoperator.api;

import dev.pgoperator.api.PostgresqlSpec.Outline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes {@code spec} group by group. */
final class SpecDecoder {

  private SpecDecoder() {}

  static PostgresqlSpec decode(ClusterId id, Fields spec) {
    Server server = ServerDecoder.decode(spec);
    Pods pods = PodsDecoder.decode(spec);
    Storage storage = StorageDecoder.decode(spec);
    Access access = AccessDecoder.decode(id, spec);
    Exposure exposure = ExposureDecoder.decode(spec);
    spec.requirePresence("numberOfInstances", "a whole number of at least 0");
    String teamId = spec.requiredText("teamId");
    int instances = spec.integer("numberOfInstances", 0, Integer.MAX_VALUE);
    List<MaintenanceWindow> windows = windows(spec);
    spec.close();
    Findings findings = spec.findings();
    Outline outline =
        new Outline(teamId, instances, windows, findings.deprecated, findings.unknown);
    return new PostgresqlSpec(outline, server, pods, storage, access, exposure);
  }

  private static List<MaintenanceWindow> windows(Fields spec) {
    List<MaintenanceWindow> windows = new ArrayList<>();
    List<String> texts = spec.textList("maintenanceWindows");
    for (int i = 0; i < texts.size(); i++) {
      Optional<MaintenanceWindow> window = MaintenanceWindow.parse(texts.get(i));
      window.ifPresent(windows::add);
      if (window.isEmpty()) {
        spec.problem(
            "maintenanceWindows[" + i + "]",
            Shown.value(texts.get(i)),
            "a window such as Sun:01:00-06:00 or 22:00-23:30 that does not cross midnight");
      }
    }
    return windows;
  }
}
