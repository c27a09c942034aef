package dev.pgoperator.model;

import dev.pgoperator.config.ServerSettings.Upgrade;

/** Which major version a cluster should run (behaviour.md §6.1). */
public final class MajorVersions {

  private MajorVersions() {}

  /** The manifest's version, or the configured target where old versions are to be lifted. */
  public static String wanted(Blueprint b) {
    String version = b.spec().server().postgresql().version();
    Upgrade upgrade = b.config().server().upgrade();
    boolean tooOld = number(version) < number(upgrade.minimalVersion());
    return upgrade.mode().equals("full") && tooOld ? upgrade.targetVersion() : version;
  }

  private static int number(String version) {
    return version.matches("\\d{1,4}") ? Integer.parseInt(version) : 0;
  }
}
