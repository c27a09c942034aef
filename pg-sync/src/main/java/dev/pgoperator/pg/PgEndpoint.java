package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Secret;

/**
 * Where a server listens and how to log in. For a sync it must be the primary and the user a
 * superuser, because {@code pg_authid} is read.
 */
public record PgEndpoint(String host, int port, String user, Secret password, Tls tls) {

  /** Encrypted without verification, the contract's default. */
  public PgEndpoint(String host, int port, String user, Secret password) {
    this(host, port, user, password, new Tls.Required());
  }

  /** Host and port, for messages. */
  String address() {
    return host + ":" + port;
  }
}
