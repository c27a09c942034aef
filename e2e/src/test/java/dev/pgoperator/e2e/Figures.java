package dev.pgoperator.e2e;

import dev.pgoperator.e2e.bench.FigureBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;

/** Measured times: printed at once, and kept for the summary at the end of the run. */
final class Figures {
  private static final Path FILE = Path.of("target", "figures.txt");

  private Figures() {}

  static void tell(String what, String value) {
    String line = what + ": " + value;
    System.out.println("figure  " + line);
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void tell(String what, Duration time) {
    tell(what, time.toMillis() + " ms");
  }

  /** The smallest time that at least {@code percent} of all did not exceed. */
  static Duration percentile(Collection<Duration> times, int percent) {
    return FigureBook.percentile(times, percent).orElseThrow();
  }
}
