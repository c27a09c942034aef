package dev.pgoperator.boot;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the operator's classes once while its image is built, so that the JVM can keep them in its
 * AOT cache (JEP 514): an operator that starts on a busy node then acts within a second. Does
 * nothing else.
 */
final class Rehearsal {
  /** Packages of the JDK that only real traffic would load. */
  private static final List<String> JDK =
      List.of(
          "java.net.http/jdk/internal/net/http",
          "java.net.http/java/net/http",
          "java.base/sun/security/ssl",
          "java.base/sun/security/x509",
          "java.base/sun/nio/ch",
          "java.base/com/sun/crypto/provider",
          "java.base/java/util/concurrent");

  private Rehearsal() {}

  /** Loads every class of the jars on the class path. */
  public static void main(String[] args) throws IOException {
    int loaded = 0;
    for (String jar : System.getProperty("java.class.path").split(":", -1)) {
      try (FileSystem content = FileSystems.newFileSystem(Path.of(jar))) {
        loaded += load(content.getPath("/"));
      }
    }
    FileSystem runtime = FileSystems.getFileSystem(URI.create("jrt:/"));
    for (String place : JDK) {
      Path modules = runtime.getPath("modules");
      loaded +=
          load(modules.resolve(place), modules.resolve(place.substring(0, place.indexOf('/'))));
    }
    System.out.println(loaded + " classes");
  }

  private static int load(Path root) throws IOException {
    return load(root, root);
  }

  private static int load(Path place, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF"))
          .mapToInt(name -> load(name.substring(0, name.length() - 6).replace('/', '.')))
          .sum();
    }
  }

  /** Optional parts of libraries refer to what is not there; these are never used. */
  private static int load(String name) {
    try {
      Class.forName(name, false, Rehearsal.class.getClassLoader());
      return 1;
    } catch (ClassNotFoundException | LinkageError absent) {
      return 0;
    }
  }
}
