package dev.pgoperator.api;

import java.util.List;
import java.util.Map;

/**
 * {@code spec} of a manifest, grouped by what its fields are about (api.md §1.3). A group that the
 * manifest does not mention is present with empty values, so readers never ask for null.
 *
 * @param outline whose cluster it is, how large, and when it may be worked on
 * @param server the database server: version, parameters, Patroni, where its data comes from
 * @param pods how the pods look
 * @param storage what they store on
 * @param access who may connect: roles, databases, pooler, streams
 * @param exposure how the services look
 */
public record PostgresqlSpec(
    Outline outline, Server server, Pods pods, Storage storage, Access access, Exposure exposure) {

  /**
   * The outline of a cluster.
   *
   * @param maintenanceWindows empty when the manifest leaves them to the configuration
   * @param deprecated fields in use that have a newer name
   * @param unknown fields that we do not know, by full path, as they were read
   */
  public record Outline(
      String teamId,
      int numberOfInstances,
      List<MaintenanceWindow> maintenanceWindows,
      List<Deprecation> deprecated,
      Map<String, Object> unknown) {
    public Outline {
      maintenanceWindows = List.copyOf(maintenanceWindows);
      deprecated = List.copyOf(deprecated);
      unknown = Sorted.copyOf(unknown);
    }
  }

  public String teamId() {
    return outline.teamId();
  }

  public int numberOfInstances() {
    return outline.numberOfInstances();
  }

  /** True when the pods are followers of a foreign primary (behaviour.md §8.3). */
  public boolean isStandby() {
    return server.standby().isPresent()
        || pods.containers().env().stream()
            .anyMatch(
                e ->
                    e.getName().matches("STANDBY_WALE_(S3|GS|GSC|SWIFT)_PREFIX")
                        && e.getValue() != null
                        && !e.getValue().isEmpty());
  }
}
