package dev.pgoperator.patroni;

/** How Patroni answered a switchover that it did not refuse. */
public sealed interface SwitchoverResult {

  /** Patroni's own sentence, at most a few hundred characters. */
  String message();

  /**
   * Another member leads now. In rare cases it is not the wished candidate: Patroni's sentence says
   * so, and the caller looks at the cluster again anyway.
   */
  record Done(String message) implements SwitchoverResult {}

  /** Noted for later. */
  record Scheduled(String message) implements SwitchoverResult {}
}
