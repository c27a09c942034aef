package dev.pgoperator.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operators that a fault meets: one, or three that share the fleet. */
final class Operators implements AutoCloseable {
  private final String name;
  private final Map<String, String> environment;
  private final List<OperatorProcess> processes = new ArrayList<>();
  private int begun;

  private Operators(String name, Map<String, String> environment) {
    this.name = name;
    this.environment = environment;
  }

  /** One that asks the API server itself. */
  static Operators one(String name) {
    return one(name, Map.of());
  }

  /** One in another environment. */
  static Operators one(String name, Map<String, String> environment) {
    var operators = new Operators(name, environment);
    operators.begin("postgres-operator", OperatorProcess.PORT);
    return operators;
  }

  /** One that asks through a door. */
  static Operators behind(Door door, String name) {
    Path own = Path.of(System.getenv("BENCH_OPERATOR_KUBECONFIG"));
    Path through = Path.of("target", "bench", "door.kubeconfig").toAbsolutePath();
    try {
      Files.deleteIfExists(through);
      Files.createFile(
          through,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      String there = Files.readString(own).replaceAll("https://[^\",}\\s]+", door.url());
      Files.writeString(through, there);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return one(name, Map.of("KUBECONFIG", through.toString()));
  }

  /** Three that share the clusters; each has options of its own for the sake of its port. */
  static Operators three(String name, Fleet fleet) {
    var operators = new Operators(name, Map.of("SHARED_FLEET", "true"));
    for (int number = 0; number < 3; number++) {
      int port = OperatorProcess.PORT + number;
      String options = "postgres-operator-" + number;
      fleet.configure(options, Map.of("api_port", Integer.toString(port)));
      operators.begin(options, port);
    }
    return operators;
  }

  private void begin(String options, int port) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("CONFIG_MAP_NAME", options);
    all.put("POD_NAME", options + "-" + begun);
    var process = OperatorProcess.start("faults-" + name + "-" + begun, port, all);
    begun++;
    processes.add(process);
    process.awaitReady();
  }

  OperatorProcess first() {
    return processes.getFirst();
  }

  /** Ends the only one without a word, and starts the next. */
  void killAndStartAnew() {
    processes.removeFirst().kill();
    begin("postgres-operator", OperatorProcess.PORT);
  }

  @Override
  public void close() {
    processes.forEach(OperatorProcess::close);
  }
}
