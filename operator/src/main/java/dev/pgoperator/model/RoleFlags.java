package dev.pgoperator.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Flags of roles, as users write them and as we keep them (behaviour.md §3.8). */
public final class RoleFlags {

  private static final String LOGIN = "LOGIN";
  private static final String NOLOGIN = "NOLOGIN";
  private static final Set<String> KNOWN =
      Set.of("SUPERUSER", LOGIN, "CREATEDB", "INHERIT", "REPLICATION", "BYPASSRLS", "CREATEROLE");

  private RoleFlags() {}

  /** Upper-cased, sorted, each once; a role may log in unless it says otherwise. */
  public static List<String> normalized(List<String> written) {
    TreeSet<String> flags = new TreeSet<>();
    written.forEach(f -> flags.add(f.toUpperCase(Locale.ROOT)));
    if (!flags.remove(NOLOGIN)) {
      flags.add(LOGIN);
    }
    return List.copyOf(flags);
  }

  /** What is wrong with these flags, as the end of a sentence; empty when nothing is. */
  static Optional<String> objection(List<String> written) {
    Set<String> flags = new TreeSet<>();
    written.forEach(f -> flags.add(f.toUpperCase(Locale.ROOT)));
    for (String flag : flags) {
      boolean known =
          KNOWN.contains(flag) || (flag.startsWith("NO") && KNOWN.contains(flag.substring(2)));
      if (!known) {
        return Optional.of("has the flag %s, expected one of %s".formatted(flag, names()));
      }
      if (flags.contains("NO" + flag)) {
        return Optional.of("has the flags %s and NO%s, expected one of them".formatted(flag, flag));
      }
    }
    return Optional.empty();
  }

  private static String names() {
    return String.join(", ", new TreeSet<>(KNOWN)) + ", or one of them after NO";
  }
}
