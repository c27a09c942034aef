package dev.pgoperator.model;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.config.OperatorConfig;
import java.util.Map;
import java.util.TreeMap;

/** Labels of objects and selectors (behaviour.md §1.1). */
public final class Labels {

  /** The label that names the owning team. */
  public static final String TEAM = "team";

  /** The label that tells database pods from what stands beside them. */
  public static final String APPLICATION = "application";

  /** {@link #APPLICATION} of the logical backup's CronJob, jobs and pods. */
  public static final String LOGICAL_BACKUP = "spilo-logical-backup";

  /** {@link #APPLICATION} of everything that belongs to a connection pooler. */
  public static final String POOLER = "db-connection-pooler";

  /** The label that names a pooler, the primary's or the replicas'. */
  private static final String POOLER_NAME = "connection-pooler";

  /** On pods while something must not be disturbed. */
  public static final String CRITICAL_OPERATION = "critical-operation";

  private Labels() {}

  /** What every object of the cluster can be found by, and no object of another cluster. */
  public static Map<String, String> selector(OperatorConfig config, ClusterId id) {
    Map<String, String> labels = new TreeMap<>(config.objects().labels().cluster());
    labels.put(config.objects().labels().clusterName(), id.name());
    return labels;
  }

  public static Map<String, String> selector(Blueprint b) {
    return selector(b.config(), b.id());
  }

  /** Labels of an object; an inherited label has the last word, even over one of the selector. */
  public static Map<String, String> object(Blueprint b) {
    Map<String, String> labels = selector(b);
    labels.put(TEAM, b.spec().teamId());
    Map<String, String> own = b.cluster().origin().labels();
    for (String key : b.config().objects().labels().inherited()) {
      if (own.containsKey(key)) {
        labels.put(key, own.getOrDefault(key, ""));
      }
    }
    return labels;
  }

  /** Selects the pods that play a role. */
  public static Map<String, String> selector(Blueprint b, Role role) {
    return withRole(b, selector(b), role);
  }

  public static Map<String, String> object(Blueprint b, Role role) {
    return withRole(b, object(b), role);
  }

  /** Labels of the logical backup, whatever the manifest and the configuration say. */
  static Map<String, String> logicalBackup(Blueprint b) {
    Map<String, String> labels = object(b);
    labels.put(APPLICATION, LOGICAL_BACKUP);
    return labels;
  }

  /** The least that a pod of a pooler can be selected by. */
  static Map<String, String> poolerName(Blueprint b, Role role) {
    return new TreeMap<>(Map.of(POOLER_NAME, Names.pooler(b.id(), role)));
  }

  /** Selects the pods of one pooler among all pods. */
  static Map<String, String> poolerSelector(Blueprint b, Role role) {
    Map<String, String> labels = selector(b.config(), b.id(), POOLER);
    labels.putAll(poolerName(b, role));
    return labels;
  }

  /** Labels of a pooler's own objects. */
  static Map<String, String> pooler(Blueprint b, Role role) {
    Map<String, String> labels = object(b, role);
    labels.put(APPLICATION, POOLER);
    labels.putAll(poolerName(b, role));
    return labels;
  }

  /** What an add-on's objects of one cluster can be found by. */
  public static Map<String, String> selector(
      OperatorConfig config, ClusterId id, String application) {
    Map<String, String> labels = selector(config, id);
    labels.put(APPLICATION, application);
    return labels;
  }

  private static Map<String, String> withRole(Blueprint b, Map<String, String> labels, Role role) {
    labels.put(b.config().objects().labels().podRole(), role.label());
    return labels;
  }
}
