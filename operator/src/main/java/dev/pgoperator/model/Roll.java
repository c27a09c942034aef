package dev.pgoperator.model;

/** The next thing to do for pods that have to be replaced. */
public sealed interface Roll {

  /** Whether somebody who is connected to the cluster would notice it. */
  default boolean interrupts() {
    return switch (this) {
      case Replace(var _, var serves) -> serves;
      case HandOver _ -> true;
      case Nothing _, Await _, Stuck _ -> false;
    };
  }

  /** Every pod is what it should be. */
  record Nothing() implements Roll {}

  /**
   * Delete this pod; the StatefulSet makes it anew.
   *
   * @param serves whether it is a working member until then
   */
  record Replace(String pod, boolean serves) implements Roll {}

  /** Let another pod lead, so that this one can be replaced. */
  record HandOver(String leader, String successor) implements Roll {}

  /** Something that has begun has to come to its end first. */
  record Await(String why) implements Roll {}

  /** The same, and it does not look as if that will happen by itself. */
  record Stuck(String why) implements Roll {}
}
