package dev.pgoperator.config;

import dev.pgoperator.api.Deprecation;
import dev.pgoperator.api.Problem;
import java.util.List;

/**
 * A configuration as it was read.
 *
 * @param problems bad values; each was replaced by its default
 * @param unknownKeys keys we do not know, which have no effect
 * @param deprecated keys in use that have a successor or no effect any more
 */
public record ConfigReading(
    OperatorConfig config,
    List<Problem> problems,
    List<String> unknownKeys,
    List<Deprecation> deprecated) {
  public ConfigReading {
    problems = List.copyOf(problems);
    unknownKeys = List.copyOf(unknownKeys);
    deprecated = List.copyOf(deprecated);
  }
}
