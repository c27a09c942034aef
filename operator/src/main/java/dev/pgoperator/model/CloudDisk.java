package dev.pgoperator.model;

import java.util.Optional;

/**
 * A volume of EC2 as it is.
 *
 * @param id such as {@code vol-0123}
 * @param gib its size (GiB)
 */
public record CloudDisk(String id, int gib, Performance performance, Change change) {

  /**
   * What it can do; 0 and an empty type where EC2 does not say.
   *
   * @param iops operations per second
   * @param throughput MiB per second
   */
  public record Performance(String type, int iops, int throughput) {}

  /** How the last change of it goes. */
  public sealed interface Change {
    /** There was none, or it is as good as over: the size is there, however much is rearranged. */
    record None() implements Change {}

    /** It is being changed. */
    record Underway() implements Change {}

    /** EC2 gave up. */
    record Failed(String why) implements Change {}
  }

  /** What should become of it; what is empty stays. */
  public record Wish(
      String id,
      Optional<Integer> gib,
      Optional<Integer> iops,
      Optional<Integer> throughput,
      Optional<String> type) {

    boolean isEmpty() {
      return gib.isEmpty() && iops.isEmpty() && throughput.isEmpty() && type.isEmpty();
    }

    /** For people. */
    public String text() {
      var text = new StringBuilder();
      gib.ifPresent(value -> text.append(", ").append(value).append(" GiB"));
      type.ifPresent(value -> text.append(", type ").append(value));
      iops.ifPresent(value -> text.append(", ").append(value).append(" iops"));
      throughput.ifPresent(value -> text.append(", ").append(value).append(" MiB/s"));
      return id + " to " + (text.isEmpty() ? "what it is" : text.substring(2));
    }
  }
}
