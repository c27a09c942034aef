package dev.pgoperator.model;

import dev.pgoperator.config.ObjectSettings.DnsNames;
import java.util.Locale;

/** Names for external-dns, with the older ones that contain the team (api.md §2.5). */
final class DnsHostnames {

  private DnsHostnames() {}

  /** Of a pooler; it came later than the names with the team. */
  static String ofPooler(Blueprint b, Role role) {
    return rendered(b, format(b, role), Names.pooler(b.id(), Role.PRIMARY));
  }

  private static String format(Blueprint b, Role role) {
    DnsNames formats = b.config().objects().exposure().dns();
    return switch (role) {
      case PRIMARY -> formats.primary();
      case REPLICA -> formats.replica();
    };
  }

  static String of(Blueprint b, Role role) {
    DnsNames formats = b.config().objects().exposure().dns();
    String legacy =
        switch (role) {
          case PRIMARY -> formats.primaryLegacy();
          case REPLICA -> formats.replicaLegacy();
        };
    String name = rendered(b, format(b, role), b.name());
    return TeamPrefix.rest(b.cluster())
        .map(rest -> name + "," + rendered(b, legacy, rest))
        .orElse(name);
  }

  private static String rendered(Blueprint b, String format, String cluster) {
    return format
        .replace("{cluster}", cluster)
        .replace("{namespace}", b.namespace())
        .replace("{team}", b.spec().teamId())
        .replace("{hostedzone}", b.config().objects().exposure().dns().hostedZone())
        .toLowerCase(Locale.ROOT);
  }
}
