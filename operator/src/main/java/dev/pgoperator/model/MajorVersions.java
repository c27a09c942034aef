package dev.pgoperator.model;

import dev.pgoperator.config.ServerSettings.Upgrade;
import java.util.OptionalInt;

/** Which major version a cluster should run (behaviour.md §6.1). */
public final class MajorVersions {

  private MajorVersions() {}

  /** The version that pods are configured for, in relation to the one that is wanted. */
  public sealed interface Choice {

    /** As wanted. */
    record Take(String version) implements Choice {}

    /** An upgrade: pods keep their version until a maintenance window opens. */
    record Later(String version) implements Choice {}

    /** A downgrade, which PostgreSQL cannot do: nothing changes. */
    record Never(String version) implements Choice {}

    String version();
  }

  /** The manifest's version, or the configured target where old versions are to be lifted. */
  public static String wanted(Blueprint b) {
    String version = b.spec().server().postgresql().version();
    Upgrade upgrade = b.config().server().upgrade();
    boolean tooOld = number(version) < number(upgrade.minimalVersion());
    return upgrade.mode().equals("full") && tooOld ? upgrade.targetVersion() : version;
  }

  /**
   * Holds the version of the pods that exist: a new one would replace them, and after that nobody
   * could tell the old version from the environment (behaviour.md §4.10).
   *
   * @param live what existing pods are configured for
   * @param running what the primary's data is of; not known without a primary
   * @param open whether an upgrade may be begun now
   */
  public static Choice choose(String live, OptionalInt running, String wanted, boolean open) {
    if (number(wanted) > number(live)) {
      return open ? new Choice.Take(wanted) : new Choice.Later(live);
    }
    // Going back to what the data is of undoes an upgrade that was wished for and never done.
    boolean back = running.isPresent() && number(wanted) >= running.getAsInt();
    return number(wanted) == number(live) || back
        ? new Choice.Take(wanted)
        : new Choice.Never(live);
  }

  /** 0 for a text that is no version. */
  public static int number(String version) {
    return version.matches("\\d{1,4}") ? Integer.parseInt(version) : 0;
  }
}
