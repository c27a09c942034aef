package dev.pgoperator.model;

/** Who would take over from the primary. */
public sealed interface Successor {

  /** This pod. */
  record Found(String name) implements Successor {}

  /** Nobody, for this reason. */
  record Nobody(String why) implements Successor {}
}
