package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL server on a port of its own, which logs every statement. */
final class Postgres implements AutoCloseable {
  static final String PASSWORD = "master of puppets";

  private static final Map<String, Path> TEMPLATES = new ConcurrentHashMap<>();

  private final Path home;
  private final Path data;
  private final int port;

  private Postgres(Path home, Path data, int port) {
    this.home = home;
    this.data = data;
    this.port = port;
  }

  /** An empty server, running. */
  static Postgres start(String version) {
    return start(version, List.of());
  }

  /**
   * An empty server, running.
   *
   * @param settings further lines of postgresql.conf
   * @param certificate none, or certificate and key
   */
  static Postgres start(String version, List<String> settings, Path... certificate) {
    try {
      Path data = folder("data-" + version + "-");
      run(
          "cp",
          "--recursive",
          TEMPLATES.computeIfAbsent(version, Postgres::template) + "/.",
          data.toString());
      var server = new Postgres(Binaries.of(version), data, freePort());
      server.configure(settings);
      server.install(certificate);
      server.boot();
      return server;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** A data folder to copy: making one takes longer than all that most tests do with it. */
  private static Path template(String version) {
    try {
      Path data = folder("template-" + version + "-");
      Path password = Files.writeString(data.resolveSibling(data.getFileName() + ".pw"), PASSWORD);
      ServerUser.give(password);
      run(
          Binaries.of(version).resolve("bin/initdb").toString(),
          "--pgdata=" + data,
          "--username=postgres",
          "--pwfile=" + password,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C",
          "--no-sync");
      Files.delete(password);
      return data;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Path folder(String prefix) throws IOException {
    Path folder = TemporaryFolder.create(prefix);
    ServerUser.give(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    return folder;
  }

  PgEndpoint superuser() {
    return login("postgres", PASSWORD);
  }

  PgEndpoint login(String user, String password) {
    return new PgEndpoint("127.0.0.1", port, user, new Secret(password), new Tls.Off());
  }

  /** Everything that the server logged so far. */
  String log() {
    try {
      return Files.readString(data.resolve("log.txt"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Stops the server and starts it as a replica that waits for a log nobody sends. */
  void restartInRecovery() {
    try {
      stop();
      ServerUser.give(Files.createFile(data.resolve("standby.signal")));
      boot();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  void stop() {
    pgCtl("stop", "--mode=fast");
  }

  @Override
  public void close() {
    stop();
    TemporaryFolder.delete(data);
  }

  private void boot() {
    pgCtl("start", "--log=" + data.resolve("log.txt"));
  }

  private void pgCtl(String action, String option) {
    run(
        home.resolve("bin/pg_ctl").toString(),
        action,
        "--pgdata=" + data,
        "--wait",
        "--timeout=60",
        option);
  }

  private void configure(List<String> more) throws IOException {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "listen_addresses = '127.0.0.1'",
                "port = " + port,
                "unix_socket_directories = ''",
                "fsync = off",
                "max_connections = 50",
                "shared_buffers = 16MB",
                "password_encryption = scram-sha-256",
                "log_statement = all",
                "log_connections = on",
                "log_disconnections = on",
                "log_line_prefix = '<%d> '"));
    settings.addAll(more);
    // The method md5 takes verifiers of both kinds.
    Path access = data.resolve("pg_hba.conf");
    Files.writeString(access, Files.readString(access).replace("scram-sha-256", "md5"));
    Path file = data.resolve("postgresql.conf");
    Files.writeString(file, Files.readString(file) + "\n" + String.join("\n", settings) + "\n");
  }

  private void install(Path... certificate) throws IOException {
    List<String> names = List.of("server.crt", "server.key");
    for (int i = 0; i < certificate.length; i++) {
      Path copy = Files.copy(certificate[i], data.resolve(names.get(i)));
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
      ServerUser.give(copy);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void run(String... words) {
    try {
      Path output = Files.createTempFile("postgres", ".out");
      Process process =
          new ProcessBuilder(ServerUser.command(words))
              .directory(new java.io.File("/"))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(90, TimeUnit.SECONDS);
      String said = Files.readString(output);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(words[0] + " failed: " + said);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }
}
