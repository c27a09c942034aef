package dev.pgoperator.patroni;

import java.time.Instant;

/**
 * An order to hand the leader's role over. Patroni refuses it when {@code leader} is not the leader
 * any more.
 */
public sealed interface Switchover {

  /** The member that steps down. */
  String leader();

  /** The member that takes over. */
  String candidate();

  /** At once; the call ends when the candidate leads, or with a failure. */
  record Now(String leader, String candidate) implements Switchover {}

  /**
   * Later; the call ends when Patroni has noted it.
   *
   * @param at to the second; Patroni refuses a time in the past
   */
  record Scheduled(String leader, String candidate, Instant at) implements Switchover {}

  static Switchover now(String leader, String candidate) {
    return new Now(leader, candidate);
  }

  static Switchover at(Instant at, String leader, String candidate) {
    return new Scheduled(leader, candidate, at);
  }
}
