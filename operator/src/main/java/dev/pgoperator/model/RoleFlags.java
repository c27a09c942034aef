package dev.pgoperator.model;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Flags of roles, as users write them and as we keep them (behaviour.md §3.8). */
public final class RoleFlags {

  private static final String LOGIN = "LOGIN";
  private static final String NOLOGIN = "NOLOGIN";

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
}
