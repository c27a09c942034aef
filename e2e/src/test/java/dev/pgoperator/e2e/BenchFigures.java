package dev.pgoperator.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures of a benchmark: a line for each, and all of them as JSON. Times in milliseconds. */
final class BenchFigures {
  private final List<String> json = new ArrayList<>();
  private final Path file;

  BenchFigures(String file) {
    this.file = Path.of("target", file);
  }

  void tell(String what, List<Duration> times) {
    long median = Figures.percentile(times, 50).toMillis();
    long p99 = Figures.percentile(times, 99).toMillis();
    Figures.tell(
        String.format(Locale.ROOT, "%-52s", what),
        times.size() == 1
            ? String.format(Locale.ROOT, "    %7d ms", median)
            : String.format(
                Locale.ROOT, "p50 %7d ms   p99 %7d ms   of %d", median, p99, times.size()));
    json.add(
        "{\"what\":\"%s\",\"p50_ms\":%d,\"p99_ms\":%d,\"rounds\":%d}"
            .formatted(what, median, p99, times.size()));
  }

  void write() {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "[" + String.join(",\n ", json) + "]\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
