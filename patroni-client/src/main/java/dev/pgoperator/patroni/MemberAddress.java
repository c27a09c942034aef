package dev.pgoperator.patroni;

/**
 * Where the REST API of one Patroni member listens.
 *
 * @param host an IPv4 address, an IPv6 address (brackets are accepted and dropped) or a DNS name
 * @param port a TCP port, 1 to 65535; Patroni's default is {@value #DEFAULT_PORT}
 */
public record MemberAddress(String host, int port) {
  public static final int DEFAULT_PORT = 8008;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the host is empty or has a character that no address has,
   *     or the port is out of range
   */
  public MemberAddress {
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (!host.matches("[0-9A-Za-z._:%-]+")) {
      throw new IllegalArgumentException("not a host name or address: '" + host + "'");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a TCP port: " + port);
    }
  }

  /** The member at Patroni's default port. */
  public static MemberAddress of(String host) {
    return new MemberAddress(host, DEFAULT_PORT);
  }

  /**
   * The base of every request, such as {@code http://10.0.0.7:8008} or {@code
   * http://[fd00::7]:8008}.
   */
  public String url() {
    return "http://" + this;
  }

  /** The host as a URL and the Host header write it: an IPv6 address stands in brackets. */
  String urlHost() {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** Host and port, such as {@code [fd00::7]:8008}. */
  @Override
  public String toString() {
    return urlHost() + ":" + port;
  }
}
