package dev.pgoperator.model;

import dev.pgoperator.api.Access.Stream;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What event streams need of the servers: a publication and a replication slot of the same name for
 * each pair of database and application (behaviour.md §10).
 */
public final class Streams {

  /** Publications and slots whose names begin so are ours. */
  public static final String PREFIX = "fes_";

  private static final String DATABASE = "database";
  private static final String SLOT_NAME = "[a-z0-9_]{1,63}";
  private static final int SUFFIX = 5;

  private Streams() {}

  public static boolean areWanted(Blueprint b) {
    return !b.spec().access().streams().isEmpty();
  }

  /** Applications with streams, sorted. */
  public static List<String> applications(Blueprint b) {
    return b.spec().access().streams().stream()
        .map(Stream::applicationId)
        .distinct()
        .sorted()
        .toList();
  }

  /** The slots that an application reads from. */
  public static Set<String> slots(Blueprint b, String application) {
    return b.spec().access().streams().stream()
        .filter(stream -> stream.applicationId().equals(application))
        .map(Streams::slot)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static String slot(Stream stream) {
    return PREFIX + stream.database() + "_" + stream.applicationId().replace('-', '_');
  }

  /** Whether PostgreSQL can have a slot of this name. */
  public static boolean isPossible(String slot) {
    return slot.matches(SLOT_NAME);
  }

  /** Patroni's settings of each slot. */
  public static Map<String, Map<String, String>> slots(Blueprint b) {
    Map<String, Map<String, String>> slots = new TreeMap<>();
    for (Stream stream : b.spec().access().streams()) {
      slots.put(
          slot(stream),
          Map.of(DATABASE, stream.database(), "plugin", "pgoutput", "type", "logical"));
    }
    return slots;
  }

  /**
   * The tables of each publication, by database. A slot of the manifest itself keeps a publication
   * of its name, with whatever tables it has: an empty set.
   */
  public static Map<String, Map<String, Set<String>>> publications(Blueprint b) {
    Map<String, Map<String, Set<String>>> byDatabase = new TreeMap<>();
    for (Stream stream : b.spec().access().streams()) {
      byDatabase
          .computeIfAbsent(stream.database(), name -> new TreeMap<>())
          .computeIfAbsent(slot(stream), name -> new TreeSet<>())
          .addAll(stream.tables().keySet());
    }
    b.spec()
        .server()
        .patroni()
        .slots()
        .forEach(
            (name, settings) -> {
              Map<String, Set<String>> there = byDatabase.get(settings.getOrDefault(DATABASE, ""));
              if (there != null && name.startsWith(PREFIX)) {
                there.putIfAbsent(name, Set.of());
              }
            });
    return byDatabase;
  }

  /**
   * Slots of streams that are not wanted any more, with the database of each. Told by what they
   * are, so that nothing has to be remembered: ours in name and kind, and not the manifest's own.
   *
   * @param live all slots of Patroni's configuration, with their settings
   */
  public static Map<String, String> stale(Blueprint b, Map<String, Map<String, String>> live) {
    Map<String, String> stale = new TreeMap<>();
    Set<String> kept = new HashSet<>(slots(b).keySet());
    kept.addAll(b.spec().server().patroni().slots().keySet());
    live.forEach(
        (name, settings) -> {
          String database = settings.getOrDefault(DATABASE, "");
          boolean ours =
              name.startsWith(PREFIX + database + "_")
                  && settings.getOrDefault("plugin", "").equals("pgoutput")
                  && settings.getOrDefault("type", "").equals("logical");
          if (ours && !database.isEmpty() && !kept.contains(name)) {
            stale.put(name, database);
          }
        });
    return stale;
  }

  /**
   * The object of each application: the one that exists, whoever named it, and else a name that
   * always comes out the same, so that no second one is made by an operator that was interrupted.
   *
   * @param live objects of the cluster, by name the application of each
   */
  public static Map<String, String> names(Blueprint b, Map<String, String> live) {
    Map<String, String> existing = new HashMap<>();
    new TreeMap<>(live).forEach((name, application) -> existing.putIfAbsent(application, name));
    Map<String, String> names = new TreeMap<>();
    for (String application : applications(b)) {
      String seed = b.cluster().origin().uid() + "/" + application;
      String name = existing.getOrDefault(application, b.name() + "-" + suffix(seed));
      while (names.containsValue(name)) {
        seed += "/";
        name = b.name() + "-" + suffix(seed);
      }
      names.put(application, name);
    }
    return names;
  }

  private static String suffix(String seed) {
    String text = new BigInteger(Fingerprint.of(seed), 16).toString(Character.MAX_RADIX);
    return text.substring(text.length() - SUFFIX);
  }
}
