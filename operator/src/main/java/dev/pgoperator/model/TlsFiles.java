package dev.pgoperator.model;

import dev.pgoperator.api.Server.Tls;

/**
 * Where the certificates of {@code spec.tls} are found inside a pod (behaviour.md §1.6, TLS env).
 */
final class TlsFiles {

  static final String CERTIFICATES = "/tls";
  static final String AUTHORITY = "/tlsca";

  private TlsFiles() {}

  static boolean hasOwnAuthority(Tls tls) {
    return !tls.caFile().isEmpty() && !tls.caSecretName().isEmpty();
  }

  static String certificate(Tls tls) {
    return path(tls.certificateFile(), "tls.crt", CERTIFICATES);
  }

  static String privateKey(Tls tls) {
    return path(tls.privateKeyFile(), "tls.key", CERTIFICATES);
  }

  static String authority(Tls tls) {
    return path(tls.caFile(), "", hasOwnAuthority(tls) ? AUTHORITY : CERTIFICATES);
  }

  private static String path(String file, String otherwise, String folder) {
    String name = file.isEmpty() ? otherwise : file;
    return name.startsWith("/") ? name : folder + "/" + name;
  }
}
