package dev.pgoperator.pg.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Server parameters as {@code ALTER ROLE … SET} takes them and {@code pg_db_role_setting} gives
 * them back. Most values come back as they were sent; those that are lists of names come back with
 * each name quoted only where needed, so they are compared name by name.
 */
final class Parameter {
  /**
   * The parameters that the server treats as lists of names ({@code GUC_LIST_QUOTE}), among those a
   * role can set.
   */
  private static final Set<String> NAME_LISTS =
      Set.of(
          "search_path",
          "temp_tablespaces",
          "local_preload_libraries",
          "session_preload_libraries");

  private Parameter() {}

  /** Each dotted part as an identifier, in lower case as the server folds it. */
  static String quotedName(String name) {
    return Arrays.stream(folded(name).split("\\.", -1))
        .map(Sql::ident)
        .collect(Collectors.joining("."));
  }

  static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** The right side of {@code SET … TO}. */
  static String assigned(String name, String value) {
    if (!isNameList(name)) {
      return Sql.literal(unquoted(value));
    }
    List<String> names = names(unquoted(value));
    return names.isEmpty()
        ? "''"
        : names.stream().map(Sql::literal).collect(Collectors.joining(", "));
  }

  /** Whether the stored text means the wanted value. */
  static boolean same(String name, String wanted, String stored) {
    return isNameList(name)
        ? names(unquoted(wanted)).equals(names(stored))
        : unquoted(wanted).equals(stored);
  }

  private static boolean isNameList(String name) {
    return NAME_LISTS.contains(folded(name));
  }

  /** A manifest may carry the value with or without single quotes around it. */
  static String unquoted(String value) {
    String text = value.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
    return quoted ? text.substring(1, text.length() - 1).replace("''", "'") : value;
  }

  /** Splits at commas outside double quotes; bare names fold to lower case, empty ones fall out. */
  static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    var name = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    for (int i = 0; i <= list.length(); i++) {
      char c = i < list.length() ? list.charAt(i) : ',';
      if (quoted && i < list.length()) {
        boolean doubled = c == '"' && i + 1 < list.length() && list.charAt(i + 1) == '"';
        quoted = c != '"' || doubled;
        if (quoted) {
          name.append(c);
        }
        i += doubled ? 1 : 0;
      } else if (c == '"') {
        quoted = true;
        wasQuoted = true;
        name.setLength(0);
      } else if (c == ',') {
        String text =
            wasQuoted ? name.toString() : name.toString().strip().toLowerCase(Locale.ROOT);
        if (!text.isEmpty()) {
          names.add(text);
        }
        name.setLength(0);
        wasQuoted = false;
      } else if (!wasQuoted) {
        name.append(c);
      }
    }
    return names;
  }
}
