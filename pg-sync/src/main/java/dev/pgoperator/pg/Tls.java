package dev.pgoperator.pg;

/** How a connection is encrypted. */
public sealed interface Tls {

  /** Not at all. */
  record Off() implements Tls {}

  /**
   * Always, with whatever certificate the server shows: {@code sslmode=require}, as the reference
   * connects.
   */
  record Required() implements Tls {}

  /**
   * Always, with a certificate for the host's name from this authority: {@code
   * sslmode=verify-full}.
   *
   * @param authority PEM text of one or more CA certificates
   */
  record Verified(String authority) implements Tls {}
}
