package dev.pgoperator.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operator as a process of this machine: the runtime, the jars and the flags of its image. Its
 * memory and its time on the processor are the kernel's own account.
 */
final class OperatorProcess implements AutoCloseable {
  static final int PORT = 18080;
  private static final Duration START = Duration.ofMinutes(5);
  private static final long TICKS_A_SECOND = 100; // USER_HZ, fixed for /proc on Linux
  private static final Pattern KNOWN = Pattern.compile("started; (\\d+) clusters are known");

  private final Process process;
  private final Path log;
  private final int port;
  private final long begun;
  private final HttpClient http = HttpClient.newHttpClient();

  private OperatorProcess(Process process, Path log, int port, long begun) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.begun = begun;
  }

  /** Starts it; see {@link #awaitReady}. */
  static OperatorProcess start(String name) {
    return start(name, System.getProperty("bench.java", ""));
  }

  /** The same with more options for its JVM. */
  static OperatorProcess start(String name, String options) {
    return start(name, PORT, Map.of("JAVA_OPTS", options));
  }

  /**
   * The same in another environment.
   *
   * @param port that its options name
   * @param environment more of it
   */
  static OperatorProcess start(String name, int port, Map<String, String> environment) {
    Path log = Path.of("target", "bench-operator-" + name + ".log").toAbsolutePath();
    var builder = new ProcessBuilder(env("BENCH_OPERATOR") + "/launch");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OPERATOR_NAMESPACE", "default");
    builder.environment().put("CONFIG_MAP_NAME", "postgres-operator");
    builder.environment().put("KUBECONFIG", env("BENCH_OPERATOR_KUBECONFIG"));
    builder.environment().putAll(environment);
    // As in a container with the limit of manifests/postgres-operator.yaml.
    String options = "-XX:MaxRAM=500m " + environment.getOrDefault("JAVA_OPTS", "");
    builder.environment().put("JAVA_OPTS", options.strip());
    try {
      long begun = System.nanoTime();
      return new OperatorProcess(builder.start(), log, port, begun);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String env(String name) {
    return Optional.ofNullable(System.getenv(name))
        .orElseThrow(() -> new IllegalStateException(name + " is not set; run e2e/bench"));
  }

  /** Waits until it says that it is ready; the time since its start. */
  Duration awaitReady() {
    Waits.until("the operator is ready; see " + log, START, this::isReady);
    return sinceStart();
  }

  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the operator has ended; see " + log);
    }
    try {
      return get("/readyz").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** How many clusters it said it knew when it had started. */
  int known() {
    try {
      Matcher said = KNOWN.matcher(Files.readString(log));
      return said.find() ? Integer.parseInt(said.group(1)) : 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private HttpResponse<String> get(String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** The sum of all series of this name in {@code /metrics}. */
  double metric(String name) {
    try {
      return get("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Resident memory now, MiB. */
  double resident() {
    return megabytes("smaps_rollup", "Rss:");
  }

  /** The most that was resident at any moment, MiB. */
  double highest() {
    return megabytes("status", "VmHWM:");
  }

  private double megabytes(String file, String line) {
    return proc(file)
        .lines()
        .filter(one -> one.startsWith(line))
        .mapToDouble(one -> Double.parseDouble(one.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Leaves a histogram of its heap beside its log; collects all garbage for it. */
  void histogram() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Path file = Path.of(log.toString().replace(".log", ".histogram"));
    var command =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .redirectOutput(file.toFile());
    try {
      command.start().waitFor(30, TimeUnit.SECONDS);
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Seconds on a processor, in user and system mode. */
  double processorSeconds() {
    String stat = proc("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_A_SECOND;
  }

  /** The share of one core that it takes during this time, in percent. */
  double load(Duration window) {
    double before = processorSeconds();
    long from = System.nanoTime();
    Waits.pass(window);
    return 100 * (processorSeconds() - before) / ((System.nanoTime() - from) / 1e9);
  }

  /** Waits until it has nothing to do: less than a tenth of a core for some seconds. */
  Duration awaitIdle(Duration limit) {
    long from = System.nanoTime();
    Waits.until("the operator comes to rest", limit, () -> load(Duration.ofSeconds(3)) < 10);
    return Duration.ofNanos(System.nanoTime() - from);
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  /** As a kernel ends it that has no memory left. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** Lets it stand still. */
  void freeze() {
    signal("STOP");
  }

  /** Lets it go on. */
  void wake() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + code);
      }
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Ends it as Kubernetes would. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
    }
    http.close();
  }
}
