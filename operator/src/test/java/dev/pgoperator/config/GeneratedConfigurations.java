package dev.pgoperator.config;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Configurations as nobody would write them, the same ones for the same seed. */
final class GeneratedConfigurations {

  /** Stands where a secret could stand. */
  static final String SECRET = "hush-hush";

  static final String UNKNOWN = "novelty_";

  private static final List<String> KEYS = List.copyOf(OperatorConfigs.keys());

  /** Right for many options, so that not every configuration is broken. */
  private static final List<String> GOOD = List.of("true", "false", "1", "");

  private static final List<String> ODD =
      List.of(
          "0",
          "-1",
          "0x10",
          "1_000",
          "30m",
          "1h30m",
          "250m",
          "1Gi",
          "null",
          "a,b",
          " a , b,,",
          "a:b",
          "a:b:c,,",
          "a:'b,c:d'",
          "\"",
          "[unclosed",
          "Sun:01:00-06:00",
          "99999999999999999999",
          "1e99",
          "s3",
          "postgres",
          "ns/name",
          "/",
          "kind: ServiceAccount",
          "{\"kind\": \"ServiceAccount\", \"metadata\": 5}",
          "{{",
          "- a",
          "ü\u0000\uD83D\uDE00",
          "x".repeat(300));

  private final Random random;

  GeneratedConfigurations(long seed) {
    this.random = new Random(seed);
  }

  private <T> T oneOf(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  private String text() {
    return oneOf(random.nextInt(3) == 0 ? ODD : GOOD);
  }

  /** Keys and texts, as a ConfigMap has them. */
  Map<String, String> configMap() {
    Map<String, String> data = new LinkedHashMap<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      String path = oneOf(KEYS);
      String key = path.substring(path.indexOf('.') + 1);
      data.put(key, key.matches(".*(secret_access|account|api)_key") ? SECRET : text());
    }
    if (random.nextInt(4) == 0) {
      data.put(UNKNOWN + random.nextInt(3), text());
    }
    return data;
  }

  /** An {@code OperatorConfiguration}. */
  GenericKubernetesResource object() {
    Map<String, Object> body = new LinkedHashMap<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      String[] path = oneOf(KEYS).split("\\.", 2);
      if (path.length == 1) {
        body.put(path[0], value());
      } else if (random.nextInt(40) == 0) {
        body.put(path[0], value());
      } else if (body.computeIfAbsent(path[0], group -> new LinkedHashMap<>())
          instanceof LinkedHashMap<?, ?> group) {
        put(group, path[1], value());
      }
    }
    if (random.nextInt(4) == 0) {
      body.put(UNKNOWN + random.nextInt(3), value());
    }
    GenericKubernetesResource object = new GenericKubernetesResource();
    if (random.nextInt(50) > 0) {
      object.setAdditionalProperty("configuration", body);
    } else if (random.nextBoolean()) {
      object.setAdditionalProperty("configuration", value());
    }
    return object;
  }

  @SuppressWarnings("unchecked") // made by this class
  private static void put(Map<?, ?> group, String key, Object value) {
    ((Map<String, Object>) group).put(key, value);
  }

  private Object value() {
    return switch (random.nextInt(16)) {
      case 0 -> random.nextInt(-2, 5);
      case 1 -> random.nextLong();
      case 2 -> 1.5;
      case 3 -> BigInteger.TEN.pow(30);
      case 4 -> List.of();
      case 5 -> Map.of();
      case 6 -> Arrays.asList(null, text());
      case 7 -> Collections.singletonMap("a", null);
      case 8 -> List.of(Map.of("name", "s", "env", List.of(Map.of("value", SECRET))));
      case 9 -> Map.of("port", Map.of("a", "b"));
      case 10 ->
          List.of(
              Map.of(
                  "name", "s", "image", "i", "env", List.of(Map.of("name", "E", "value", SECRET))));
      case 11 -> List.of(List.of(SECRET), 5, true);
      case 12, 13 -> random.nextBoolean();
      default -> text();
    };
  }

  /** The same configuration with its keys in another order. */
  static GenericKubernetesResource reordered(GenericKubernetesResource object) {
    GenericKubernetesResource other = new GenericKubernetesResource();
    object.getAdditionalProperties().forEach((k, v) -> other.setAdditionalProperty(k, turned(v)));
    return other;
  }

  static <V> Map<String, V> reordered(Map<String, V> map) {
    Map<String, V> other = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>(map.keySet());
    Collections.reverse(keys);
    keys.forEach(key -> other.put(key, map.get(key)));
    return other;
  }

  private static Object turned(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> other = new LinkedHashMap<>();
    List<Object> keys = new ArrayList<>(Set.copyOf(map.keySet()));
    Collections.reverse(keys);
    keys.forEach(key -> other.put(key.toString(), map.get(key)));
    return other;
  }
}
