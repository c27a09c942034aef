package dev.pgoperator.config;

import dev.pgoperator.api.Deprecation;
import dev.pgoperator.api.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration that is in force, and what was read last. Pure: each thing that happens to the
 * written configuration gives the next state, with the news it makes.
 *
 * @param inForce what every sync works with
 * @param read the newest reading, which may have been refused
 * @param there whether the object that it was read from still exists
 */
public record ConfigState(OperatorConfig inForce, ConfigReading read, boolean there) {

  /** The next state, and what to tell about it. */
  public record Next(ConfigState state, List<ConfigNews> news) {
    public Next {
      news = List.copyOf(news);
    }
  }

  /** At the start: an operator has to work with something, so defaults replace bad values. */
  public static Next start(ConfigReading reading) {
    List<ConfigNews> news = new ArrayList<>();
    if (!reading.problems().isEmpty()) {
      news.add(ConfigNews.bad("BadOptions", "the default is used in place of", problems(reading)));
    }
    news.addAll(remarks(reading));
    return new Next(new ConfigState(reading.config(), reading, true), news);
  }

  /**
   * While the operator runs: a change with a bad value is refused as a whole, because clusters must
   * not be changed to defaults that nobody asked for.
   */
  public Next arrived(ConfigReading now) {
    if (now.equals(read)) {
      return new Next(new ConfigState(inForce, read, true), List.of());
    }
    return now.problems().isEmpty() ? accepted(now) : refused(now);
  }

  private Next refused(ConfigReading now) {
    return new Next(
        new ConfigState(inForce, now, true),
        List.of(
            ConfigNews.bad(
                "ConfigurationRefused",
                "nothing of this configuration takes effect, the former one stays in force",
                problems(now))));
  }

  private Next accepted(ConfigReading now) {
    boolean repaired = !read.problems().isEmpty();
    OperatorConfig next = StartOptions.kept(inForce, now.config());
    List<ConfigNews> news = new ArrayList<>();
    if (!next.equals(inForce)) {
      news.add(ConfigNews.good("ConfigurationChanged", "the changed configuration is in force"));
    } else if (repaired) {
      news.add(ConfigNews.good("ConfigurationChanged", "the configuration is as it is in force"));
    }
    List<String> waiting = StartOptions.differing(inForce, now.config());
    boolean told = !repaired && waiting.equals(StartOptions.differing(inForce, read.config()));
    if (!told && !waiting.isEmpty()) {
      news.add(
          ConfigNews.bad(
              "RestartNeeded", "takes effect at the next start of the operator", waiting));
    }
    boolean remarked =
        now.unknownKeys().equals(read.unknownKeys()) && now.deprecated().equals(read.deprecated());
    if (repaired || !remarked) {
      news.addAll(remarks(now));
    }
    return new Next(new ConfigState(next, now, true), news);
  }

  /** The object was deleted. */
  public Next gone() {
    return new Next(
        new ConfigState(inForce, read, false),
        there
            ? List.of(
                ConfigNews.bad(
                    "ConfigurationDeleted",
                    "the last good configuration stays in force until the operator stops; without"
                        + " the object it does not start again",
                    List.of()))
            : List.of());
  }

  private static List<String> problems(ConfigReading reading) {
    return reading.problems().stream().map(Problem::text).toList();
  }

  private static List<ConfigNews> remarks(ConfigReading reading) {
    List<ConfigNews> remarks = new ArrayList<>();
    if (!reading.unknownKeys().isEmpty()) {
      remarks.add(
          ConfigNews.bad(
              "UnknownOptions", "not an option of this operator", reading.unknownKeys()));
    }
    if (!reading.deprecated().isEmpty()) {
      remarks.add(
          ConfigNews.bad(
              "DeprecatedOptions",
              "should be replaced",
              reading.deprecated().stream().map(Deprecation::text).toList()));
    }
    return remarks;
  }
}
