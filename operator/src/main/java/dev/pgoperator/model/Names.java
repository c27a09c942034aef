package dev.pgoperator.model;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.config.OperatorConfig;
import java.util.List;

/** Names of the objects of a cluster (behaviour.md §1.2, api.md §2.5). */
public final class Names {

  /** The claim template, and with it the volume and the first part of every claim's name. */
  public static final String DATA_VOLUME = "pgdata";

  /** The container of the database. */
  public static final String DATABASE_CONTAINER = "postgres";

  /**
   * The four objects in which Patroni keeps its state are named after the cluster and end in one of
   * these.
   */
  public static final List<String> PATRONI_SUFFIXES =
      List.of("leader", "config", "sync", "failover");

  private static final int LONGEST_CRON_JOB = 52;

  private Names() {}

  public static String statefulSet(ClusterId id) {
    return id.name();
  }

  public static String service(ClusterId id, Role role) {
    return switch (role) {
      case PRIMARY -> id.name();
      case REPLICA -> id.name() + "-repl";
    };
  }

  /** The headless service that Patroni makes for itself. */
  public static String patroniService(ClusterId id) {
    return id.name() + "-config";
  }

  public static String pod(ClusterId id, int ordinal) {
    return id.name() + "-" + ordinal;
  }

  public static String claim(ClusterId id, int ordinal) {
    return DATA_VOLUME + "-" + pod(id, ordinal);
  }

  /** The secret of a role; the role's underscores are dashes in it. */
  public static String secret(OperatorConfig config, String clusterName, String role) {
    String template = config.objects().naming().secretTemplate();
    StringBuilder name = new StringBuilder(80);
    int done = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', open + 1)) {
      int close = template.indexOf('}', open);
      String word = close < 0 ? "" : template.substring(open + 1, close);
      String value = ofSecret(word, clusterName, role);
      if (!value.isEmpty()) {
        name.append(template, done, open).append(value);
        done = close + 1;
      }
    }
    return name.append(template, done, template.length()).toString();
  }

  /** What a word in braces stands for in the template of a secret's name; empty if for nothing. */
  private static String ofSecret(String word, String clusterName, String role) {
    return switch (word) {
      case "username" -> role.replace('_', '-');
      case "cluster" -> clusterName;
      case "tprkind" -> "postgresql";
      case "tprgroup" -> "acid.zalan.do";
      default -> "";
    };
  }

  public static String primaryBudget(OperatorConfig config, ClusterId id) {
    return config.objects().budgets().nameFormat().replace("{cluster}", id.name());
  }

  /** Its format is fixed. */
  public static String criticalOperationBudget(ClusterId id) {
    return "postgres-" + id.name() + "-critical-op-pdb";
  }

  /**
   * The CronJob of the logical backup: a job's name is its CronJob's and eleven characters, and may
   * have 63.
   */
  public static String logicalBackup(OperatorConfig config, ClusterId id) {
    String name = config.addOns().logicalBackup().job().prefix() + id.name();
    return name.substring(0, Math.min(name.length(), LONGEST_CRON_JOB)).replaceAll("-+$", "");
  }

  public static String pooler(ClusterId id, Role role) {
    return switch (role) {
      case PRIMARY -> id.name() + "-pooler";
      case REPLICA -> id.name() + "-pooler-repl";
    };
  }

  /** The secret with the list of those who may log in to a pooler without asking the database. */
  public static String userList(ClusterId id, Role role) {
    return pooler(id, role) + "-u";
  }

  /** The superuser's secret, which pods read. */
  static String superuserSecret(Blueprint b) {
    return secret(b.config(), b.name(), b.config().roles().system().superuser());
  }
}
