package dev.pgoperator.patroni;

/** How to throw a replica's data away and copy it anew from the leader or a backup. */
public enum Reinitialize {
  /** Refused while Patroni is busy with the member, for example trying to start it. */
  WHEN_IDLE,
  /** Stops what Patroni is doing with the member first. */
  AT_ONCE
}
