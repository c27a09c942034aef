package dev.pgoperator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pgoperator.api.Problem;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** {@code -Dproperty.readings=…} for another number of configurations from each source. */
class GeneratedConfigurationsTest {

  private static final int READINGS = Integer.getInteger("property.readings", 10_000);

  /** What a problem may be about: an option, a group of them, or the whole. */
  private static final Set<String> OBJECT_PLACES = new TreeSet<>();

  private static final Set<String> CONFIG_MAP_PLACES = new TreeSet<>();

  static {
    OBJECT_PLACES.add("configuration");
    for (String key : OperatorConfigs.keys()) {
      int dot = key.indexOf('.');
      OBJECT_PLACES.add("configuration." + key);
      if (dot > 0) {
        OBJECT_PLACES.add("configuration." + key.substring(0, dot));
      }
      CONFIG_MAP_PLACES.add(key.substring(dot + 1));
    }
  }

  private final ConfigState running =
      ConfigState.start(OperatorConfigs.fromConfigMap(Map.of())).state();

  @Test
  void everyConfigMapIsReadWithItsProblemsNamed() {
    assertThat(clean(this::configMap)).isBetween(READINGS / 10, READINGS * 9 / 10);
  }

  @Test
  void everyOperatorConfigurationIsReadWithItsProblemsNamed() {
    assertThat(clean(this::object)).isBetween(READINGS / 10, READINGS * 9 / 10);
  }

  /** How many had no problem: a generator that knows only good or only bad proves little. */
  private static int clean(IntUnaryOperator read) {
    int[] clean = {0};
    for (int seed = 0; seed < READINGS; seed++) {
      int now = seed;
      assertThatCode(() -> clean[0] += read.applyAsInt(now))
          .as("seed %d", seed)
          .doesNotThrowAnyException();
    }
    return clean[0];
  }

  private int configMap(int seed) {
    Map<String, String> data = new GeneratedConfigurations(seed).configMap();
    ConfigReading reading = OperatorConfigs.fromConfigMap(data);
    assertThat(OperatorConfigs.fromConfigMap(GeneratedConfigurations.reordered(data)))
        .isEqualTo(reading);
    return judged(reading, CONFIG_MAP_PLACES, "");
  }

  private int object(int seed) {
    GenericKubernetesResource object = new GeneratedConfigurations(seed).object();
    ConfigReading reading = OperatorConfigs.fromObject(object);
    assertThat(OperatorConfigs.fromObject(GeneratedConfigurations.reordered(object)))
        .isEqualTo(reading);
    return judged(reading, OBJECT_PLACES, "configuration.");
  }

  private int judged(ConfigReading reading, Set<String> places, String prefix) {
    for (Problem problem : reading.problems()) {
      assertThat(places).contains(problem.field().replaceFirst("\\[\\d+]$", ""));
      assertThat(problem.expected()).isNotBlank();
      assertThat(problem.found()).isNotEmpty().hasSizeLessThanOrEqualTo(80);
      assertThat(problem.text()).doesNotContain(GeneratedConfigurations.SECRET);
    }
    assertThat(reading.unknownKeys())
        .allSatisfy(key -> assertThat(key).startsWith(prefix).isNotIn(places));
    assertThat(reading.toString()).doesNotContain(GeneratedConfigurations.SECRET);
    ConfigState.Next next = running.arrived(reading);
    assertThat(StartOptions.differing(running.inForce(), next.state().inForce())).isEmpty();
    if (reading.problems().isEmpty()) {
      return 1;
    }
    assertThat(next.state().inForce()).isSameAs(running.inForce());
    assertThat(next.news().getFirst().items()).hasSameSizeAs(reading.problems());
    return 0;
  }
}
