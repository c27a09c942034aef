package dev.pgoperator.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/**
 * moto, which answers as EC2 does: the one that is installed, or one that pip installs into the
 * build's folder once. Where there is neither moto nor a Python with pip, the tests are left out.
 */
final class Moto implements AutoCloseable {
  private static final Path OWN = Path.of("target", "moto");
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration INSTALLATION = Duration.ofMinutes(5);

  private final Process process;
  private final int port;

  private Moto(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Moto start() {
    try {
      int port = freePort();
      Path log = Path.of("target", "moto.log");
      Files.createDirectories(log.getParent());
      Process process =
          new ProcessBuilder(program(), "-H", "127.0.0.1", "-p", Integer.toString(port))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      var moto = new Moto(process, port);
      moto.awaitAnswer();
      return moto;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String program() throws IOException {
    if (runs(START, "moto_server", "--help")) {
      return "moto_server";
    }
    Path installed = OWN.resolve("bin/moto_server");
    if (!Files.exists(installed)) {
      boolean done =
          runs(INSTALLATION, "python3", "-m", "venv", OWN.toString())
              && runs(
                  INSTALLATION, OWN.resolve("bin/pip").toString(), "install", "moto[ec2,server]");
      Assumptions.assumeTrue(done, "there is no moto, and no Python that could install it");
    }
    return installed.toString();
  }

  private static boolean runs(Duration limit, String... command) throws IOException {
    try {
      Process started =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = started.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      started.destroyForcibly();
      return ended && started.exitValue() == 0;
    } catch (IOException nothing) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + START.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new AssertionError("moto does not answer; see target/moto.log");
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
