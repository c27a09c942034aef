package dev.pgoperator.model;

import dev.pgoperator.config.OperatorConfig;
import java.util.List;

/**
 * What an administrator wants to be judged differently.
 *
 * @param lazyImages images wait for the next restart of their pod instead of causing one
 * @param ignoredAnnotations keys that are never compared
 */
public record DriftRules(boolean lazyImages, List<String> ignoredAnnotations) {

  public static final DriftRules STRICT = new DriftRules(false, List.of());

  public static DriftRules of(OperatorConfig config) {
    return new DriftRules(
        config.pods().image().lazyUpgrade(), config.objects().annotations().ignored());
  }
}
