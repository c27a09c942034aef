package dev.pgoperator.model;

import dev.pgoperator.config.ObjectSettings.DnsNames;
import java.util.Locale;
import java.util.Optional;

/** Names for external-dns, with the older ones that contain the team (api.md §2.5). */
final class DnsHostnames {

  private static final int LONGEST_NAME = 58;

  private DnsHostnames() {}

  static String of(Blueprint b, Role role) {
    DnsNames formats = b.config().objects().exposure().dns();
    String format =
        switch (role) {
          case PRIMARY -> formats.primary();
          case REPLICA -> formats.replica();
        };
    String legacy =
        switch (role) {
          case PRIMARY -> formats.primaryLegacy();
          case REPLICA -> formats.replicaLegacy();
        };
    String name = rendered(b, format, b.name());
    return withoutTeam(b).map(rest -> name + "," + rendered(b, legacy, rest)).orElse(name);
  }

  private static String rendered(Blueprint b, String format, String cluster) {
    return format
        .replace("{cluster}", cluster)
        .replace("{namespace}", b.namespace())
        .replace("{team}", b.spec().teamId())
        .replace("{hostedzone}", b.config().objects().exposure().dns().hostedZone())
        .toLowerCase(Locale.ROOT);
  }

  /** The cluster's name after its team's, when it is called so (api.md §3.1). */
  private static Optional<String> withoutTeam(Blueprint b) {
    String prefix = b.spec().teamId() + "-";
    boolean named =
        prefix.length() > 1
            && b.name().length() > prefix.length()
            && b.name().length() <= LONGEST_NAME
            && b.name().regionMatches(true, 0, prefix, 0, prefix.length());
    return named ? Optional.of(b.name().substring(prefix.length())) : Optional.empty();
  }
}
