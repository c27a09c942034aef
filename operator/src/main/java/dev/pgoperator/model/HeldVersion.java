package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The major version that pods are configured for: the variable {@code PGVERSION}, or the folder of
 * the programs in the configuration where that variable is switched off.
 */
public final class HeldVersion {
  private static final String VARIABLE = "PGVERSION";
  private static final Pattern FOLDER = Pattern.compile("/usr/lib/postgresql/(\\d+)/bin");

  private HeldVersion() {}

  /** Empty when the object does not say. */
  public static Optional<String> of(StatefulSet live) {
    Optional<String> variable =
        variables(live)
            .filter(one -> VARIABLE.equals(one.getName()))
            .map(EnvVar::getValue)
            .findFirst();
    return variable.or(
        () ->
            variables(live)
                .filter(one -> SpiloConfiguration.VARIABLE.equals(one.getName()))
                .map(one -> FOLDER.matcher(Objects.requireNonNullElse(one.getValue(), "")))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst());
  }

  /** Changes the object that was just derived. */
  public static StatefulSet in(StatefulSet desired, String version) {
    variables(desired)
        .forEach(
            one -> {
              if (VARIABLE.equals(one.getName())) {
                one.setValue(version);
              }
              if (SpiloConfiguration.VARIABLE.equals(one.getName())) {
                one.setValue(
                    FOLDER
                        .matcher(one.getValue())
                        .replaceAll("/usr/lib/postgresql/" + version + "/bin"));
              }
            });
    return desired;
  }

  private static Stream<EnvVar> variables(StatefulSet set) {
    return set.getSpec().getTemplate().getSpec().getContainers().stream()
        .filter(container -> Names.DATABASE_CONTAINER.equals(container.getName()))
        .map(Container::getEnv)
        .flatMap(java.util.List::stream);
  }
}
