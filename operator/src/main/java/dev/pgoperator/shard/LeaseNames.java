package dev.pgoperator.shard;

import java.util.Locale;
import java.util.Optional;

/**
 * What the leases of one operator are called. Operators that care for different manifests have
 * different leases, also in one namespace.
 *
 * @param prefix such as {@code postgres-operator}
 */
public record LeaseNames(String prefix) {
  private static final String OPERATOR = "postgres-operator";

  /** The most that still leaves room for what follows, as a value of a label. */
  private static final int LONGEST = 60;

  /**
   * Those of the operator that cares for these manifests.
   *
   * @param controllerId empty for the operator of manifests without one
   * @param onlyNamespace the one namespace that is watched, if it is not the operator's own
   */
  public static LeaseNames of(String controllerId, Optional<String> onlyNamespace) {
    String suffix =
        (controllerId.isEmpty() ? "" : "-" + controllerId)
            + onlyNamespace.map(name -> "-in-" + name).orElse("");
    return new LeaseNames(cut(OPERATOR + suffix));
  }

  String shard(int shard) {
    return prefix + "-shard-" + shard;
  }

  /** The lease by which a pod says that it is there. */
  String pod(String identity) {
    return prefix + "-pod-" + plain(identity);
  }

  boolean isPod(String name) {
    return name.startsWith(prefix + "-pod-");
  }

  /** Two that differ stay different when they are made plain and short. */
  private static String cut(String wanted) {
    String plain = plain(wanted);
    if (plain.equals(wanted) && plain.length() <= LONGEST) {
      return plain;
    }
    String mark = "-" + Integer.toHexString(wanted.hashCode());
    return plain.substring(0, Math.min(plain.length(), LONGEST - mark.length())) + mark;
  }

  /** As names of objects are: small letters, digits and hyphens. */
  private static String plain(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    return plain.replaceAll("-+$", "");
  }
}
