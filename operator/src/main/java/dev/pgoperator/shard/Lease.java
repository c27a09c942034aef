package dev.pgoperator.shard;

import java.time.Instant;

/**
 * One lease as the API server stores it.
 *
 * @param name of the object
 * @param term who holds it and since when
 * @param version the resourceVersion, with which it is replaced
 * @param uid of the object; empty before it is stored
 */
public record Lease(String name, Term term, String version, String uid) {

  /**
   * What pods watch for change. Only whether it is another one counts: the time is that of the
   * holder's clock, which nobody else compares with its own.
   *
   * @param holder the identity of a pod; empty when nobody holds it
   * @param renewed when, by the holder's clock
   * @param transitions how often the holder has changed
   */
  public record Term(String holder, Instant renewed, int transitions) {
    static final Term NEW = new Term("", Instant.EPOCH, 0);

    /** The same lease in the hands of this pod. */
    Term heldBy(String pod, Instant now) {
      return new Term(pod, now, pod.equals(holder) ? transitions : transitions + 1);
    }

    /** The same lease in nobody's hands. */
    Term released(Instant now) {
      return new Term("", now, transitions);
    }
  }

  static Lease unstored(String name) {
    return new Lease(name, Term.NEW, "", "");
  }

  boolean isStored() {
    return !version.isEmpty();
  }

  String holder() {
    return term.holder();
  }

  Lease with(Term next) {
    return new Lease(name, next, version, uid);
  }
}
