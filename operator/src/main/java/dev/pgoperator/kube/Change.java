package dev.pgoperator.kube;

/** What a watch reports about one object. */
public sealed interface Change<T> {

  /** The object exists in this form: it is new, changed, or was found by a fresh list. */
  record Present<T>(T object) implements Change<T> {}

  /**
   * The object does not exist any more.
   *
   * @param last its last known form; metadata only when the deletion itself was missed
   */
  record Gone<T>(T last) implements Change<T> {}
}
