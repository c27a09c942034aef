package dev.pgoperator.model;

import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the values of an object, each once and in no order, while the object is walked. */
interface Leaves {

  void put(FieldPath path, String value);

  /** Whether a part is of interest at all; asked for parts of documents only. */
  default boolean wants(FieldPath part) {
    return true;
  }

  /** All of them by the text of their path, for explaining what differs. */
  final class ByText implements Leaves {
    private final SortedMap<String, String> values = new TreeMap<>();

    @Override
    public void put(FieldPath path, String value) {
      values.put(path.text(), value);
    }

    SortedMap<String, String> values() {
      return values;
    }
  }

  /** One number for all of them, the same in whatever order they come. */
  final class Sum implements Leaves {
    private static final String DYNAMIC = "dcs";
    private static final String IN_DYNAMIC =
        "[" + SpiloConfiguration.VARIABLE + "].value.bootstrap." + DYNAMIC;

    private long sum;

    @Override
    public void put(FieldPath path, String value) {
      sum += Mix.together(path.hash(), Mix.of(value, 0));
    }

    /**
     * What only a database reads that does not exist yet is left out: changes of it go through
     * Patroni, not through the object.
     */
    @Override
    public boolean wants(FieldPath part) {
      return !(part.last().equals(DYNAMIC) && part.text().endsWith(IN_DYNAMIC));
    }

    String text() {
      return Long.toHexString(sum);
    }
  }
}
