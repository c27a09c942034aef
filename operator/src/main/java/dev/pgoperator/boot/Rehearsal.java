package dev.pgoperator.boot;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Loads classes once while the operator's image is built, so that the JVM can keep them in its AOT
 * cache (JEP 514): an operator that starts on a busy node then acts within seconds. Then starts the
 * operator on a {@link Stage}, so that the code that it runs first is linked. Only what a running
 * operator has loaded is worth a place, because all of the cache becomes resident memory (decision
 * 0023): the classes that a list names, and ours.
 */
final class Rehearsal {
  /** Beginnings of the names of jars that are loaded whole: code that the list's run may lack. */
  private static final List<String> WHOLE =
      List.of("postgres-operator", "patroni-client", "pg-sync", "vertx-pg-client", "scram");

  private Rehearsal() {}

  /**
   * Loads them.
   *
   * @param arguments the file with the list, one name of a class on each line
   */
  public static void main(String[] arguments) throws IOException {
    long loaded =
        Files.readAllLines(Path.of(arguments[0])).stream().filter(Rehearsal::load).count();
    for (String jar : System.getProperty("java.class.path").split(":", -1)) {
      String name = String.valueOf(Path.of(jar).getFileName());
      if (WHOLE.stream().anyMatch(name::startsWith)) {
        try (FileSystem content = FileSystems.newFileSystem(Path.of(jar))) {
          loaded += load(content.getPath("/"));
        }
      }
    }
    System.out.println(loaded + " classes");
    try {
      perform();
    } catch (RuntimeException hindered) {
      // Such as a build that may not use a loopback address: then starts are slower, nothing else.
      System.out.println("the operator was not started on a stage: " + hindered);
    }
    System.exit(0); // with threads of libraries that would stay
  }

  /** The operator starts, and makes a cluster. */
  private static void perform() {
    try (var stage = new Stage()) {
      System.setProperty("kubernetes.master", stage.url());
      System.setProperty("kubernetes.auth.tryKubeConfig", "false");
      System.setProperty("kubernetes.auth.tryServiceAccount", "false");
      var settings =
          Settings.of(Map.of("OPERATOR_NAMESPACE", "default", "CONFIG_MAP_NAME", Stage.OPTIONS));
      try (Wiring operator = Wiring.of(settings)) {
        await(operator.start());
        await(stage.made());
      }
    }
  }

  private static void await(Future<Void> future) {
    future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static long load(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF"))
          .filter(name -> load(name.substring(0, name.length() - 6).replace('/', '.')))
          .count();
    }
  }

  /**
   * What is not there any more is left out: the list is from an earlier version, and optional parts
   * of libraries refer to what is not there.
   */
  private static boolean load(String name) {
    try {
      Class.forName(name, false, Rehearsal.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }
}
