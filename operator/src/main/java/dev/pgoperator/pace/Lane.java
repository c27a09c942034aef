package dev.pgoperator.pace;

/** How urgent something is; the first goes first. */
public enum Lane {
  /** A person waits for it: an edit or a deletion. */
  PERSON,
  /** Something has happened: a pod came or went, an object was changed, a pause is over. */
  EVENT,
  /**
   * A cluster is to be made. A person waits for it too, but for its pods above all, and longer than
   * for anything else: two hundred of them must not hold up somebody who edits one that stands.
   */
  CREATION,
  /** Nothing is known to have happened; it is time to look again. */
  PERIODIC
}
