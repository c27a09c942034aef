package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A key and its self-signed certificate, both as PEM. */
record Certificate(String key, String certificate) {
  private static final String PASSWORD = "of a file that is deleted at once";
  private static final int LINE = 64;

  static Certificate selfSigned(String name) {
    try {
      Path folder = Files.createTempDirectory("certificate");
      Path file = folder.resolve("store.p12");
      try {
        generate(file, name);
        return read(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The JDK has no public way to sign a certificate but its own tool. */
  private static void generate(Path file, String name) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "one",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-dname",
            "CN=" + name,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!Files.exists(file)) {
      throw new IllegalStateException("keytool made no certificate: " + said);
    }
  }

  private static Certificate read(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new Certificate(
        pem("PRIVATE KEY", store.getKey("one", PASSWORD.toCharArray()).getEncoded()),
        pem("CERTIFICATE", store.getCertificate("one").getEncoded()));
  }

  private static String pem(String what, byte[] content) {
    String text =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }

  /** As cert-manager would make it. */
  Secret secret(String name) {
    return named(name)
        .addToStringData("tls.crt", certificate)
        .addToStringData("tls.key", key)
        .addToStringData("ca.crt", certificate)
        .build();
  }

  /** Only what others trust. */
  Secret authority(String name) {
    return named(name).addToStringData("ca.crt", certificate).build();
  }

  private static SecretBuilder named(String name) {
    return new SecretBuilder().withNewMetadata().withName(name).endMetadata();
  }
}
