package dev.pgoperator.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgoperator.api.Server;
import dev.pgoperator.api.Server.Patroni;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The document that Spilo merges over its own Patroni configuration (behaviour.md §2.4). */
public final class SpiloConfiguration {

  /** The environment variable that carries it. */
  public static final String VARIABLE = "SPILO_CONFIGURATION";

  private static final Set<String> BARE_WORDS =
      Set.of("data-checksums", "debug", "no-locale", "noclean", "nosync", "sync-only");

  private SpiloConfiguration() {}

  static String of(Blueprint b) {
    Server server = b.spec().server();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode postgresql = root.putObject("postgresql");
    if (!b.config().pods().image().versionVariable()) {
      postgresql.put("bin_dir", "/usr/lib/postgresql/" + server.postgresql().version() + "/bin");
    }
    parameters(postgresql, server.postgresql().parameters(), LocalParameters::contains);
    if (!server.patroni().pgHba().isEmpty()) {
      server.patroni().pgHba().forEach(postgresql.withArray("pg_hba")::add);
    }
    ObjectNode bootstrap = root.putObject("bootstrap");
    initdb(bootstrap.putArray("initdb"), server.patroni().initdb());
    dynamic(b, bootstrap.putObject("dcs"));
    return root.toString();
  }

  private static void parameters(
      ObjectNode target, Map<String, String> all, Predicate<String> belongs) {
    Map<String, String> chosen = new TreeMap<>(all);
    chosen.keySet().removeIf(belongs.negate());
    if (!chosen.isEmpty()) {
      ObjectNode node = target.putObject("parameters");
      chosen.forEach(node::put);
    }
  }

  private static void initdb(ArrayNode list, Map<String, String> options) {
    Map<String, String> rest = new TreeMap<>(options);
    list.addObject().put("auth-host", take(rest, "auth-host", "scram-sha-256"));
    list.addObject().put("auth-local", take(rest, "auth-local", "trust"));
    rest.forEach(
        (option, value) -> {
          if (value.equals("true") && BARE_WORDS.contains(option)) {
            list.add(option);
          } else {
            list.addObject().put(option, value);
          }
        });
  }

  private static String take(Map<String, String> options, String key, String otherwise) {
    String value = options.remove(key);
    return value == null ? otherwise : value;
  }

  private static void dynamic(Blueprint b, ObjectNode dcs) {
    Patroni patroni = b.spec().server().patroni();
    number(dcs, "ttl", patroni.timing().ttl());
    number(dcs, "loop_wait", patroni.timing().loopWait());
    number(dcs, "retry_timeout", patroni.timing().retryTimeout());
    number(dcs, "maximum_lag_on_failover", patroni.failover().maximumLag());
    if (patroni.synchronous().mode()) {
      dcs.put("synchronous_mode", true);
    }
    if (patroni.synchronous().strict()) {
      dcs.put("synchronous_mode_strict", true);
    }
    number(dcs, "synchronous_node_count", patroni.synchronous().nodeCount());
    ObjectNode postgresql = JsonNodeFactory.instance.objectNode();
    parameters(
        postgresql, b.spec().server().postgresql().parameters(), p -> !LocalParameters.contains(p));
    if (!postgresql.isEmpty()) {
      dcs.set("postgresql", postgresql);
    }
    if (!patroni.slots().isEmpty()) {
      dcs.set("slots", Json.MAPPER.valueToTree(patroni.slots()));
    }
    boolean failsafe = b.config().server().consensus().failsafeMode();
    dcs.put("failsafe_mode", patroni.failover().failsafeMode().or(failsafe));
  }

  private static void number(ObjectNode target, String key, long value) {
    if (value != 0) {
      target.put(key, value);
    }
  }
}
