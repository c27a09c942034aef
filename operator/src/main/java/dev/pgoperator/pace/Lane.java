package dev.pgoperator.pace;

/** How urgent something is; the first goes first. */
public enum Lane {
  /** A person waits for it: an edit or a deletion. */
  PERSON,
  /** Something has happened: a pod came or went, an object was changed, a pause is over. */
  EVENT,
  /** Nothing is known to have happened; it is time to look again. */
  PERIODIC
}
