package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes odd and broken documents of good ones, the same ones for the same seed. */
final class Mutations {

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "null",
          "true",
          "two",
          "10Gi",
          "1e99",
          "99999999999999999999",
          "a".repeat(300),
          "ü\u0000\uD83D\uDE00'\"\\",
          "$(SCOPE)",
          "{\"a\":",
          "{}",
          "Sun:01:00-06:00",
          "2026-01-01T00:00:00+00:00",
          "pgdata",
          "postgres",
          "[unclosed",
          "a:b:c,,");

  private final Random random;

  Mutations(long seed) {
    this.random = new Random(seed);
  }

  <T> T oneOf(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  String text() {
    return oneOf(TEXTS);
  }

  /** A copy with up to five changes anywhere below the given node. */
  ObjectNode mutated(ObjectNode original, String below) {
    ObjectNode copy = original.deepCopy();
    int changes = random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      List<JsonNode> containers = new ArrayList<>();
      collect(copy.path(below), containers);
      if (!containers.isEmpty()) {
        change(oneOf(containers));
      }
    }
    return copy;
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode() && !node.isEmpty()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private void change(JsonNode container) {
    if (container instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = oneOf(names);
      switch (random.nextInt(8)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(text() + "x", object.get(name));
        default -> object.set(name, junk());
      }
    } else if (container instanceof ArrayNode array) {
      int index = random.nextInt(array.size());
      switch (random.nextInt(4)) {
        case 0 -> array.remove(index);
        case 1 -> array.add(array.get(index));
        default -> array.set(index, junk());
      }
    }
  }

  private JsonNode junk() {
    JsonNodeFactory f = JsonNodeFactory.instance;
    return switch (random.nextInt(12)) {
      case 0 -> f.nullNode();
      case 1 -> f.booleanNode(random.nextBoolean());
      case 2 -> f.numberNode(random.nextInt(-2, 5));
      case 3 -> f.numberNode(random.nextLong());
      case 4 -> f.numberNode(1.5);
      case 5 -> f.arrayNode();
      case 6 -> f.objectNode();
      case 7 -> f.arrayNode().addNull();
      case 8 -> f.objectNode().putNull("a");
      case 9 -> f.objectNode().set("name", f.arrayNode().add(1));
      default -> f.textNode(text());
    };
  }
}
