package dev.pgoperator.e2e.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Figures: one line each as soon as it is known, and all of them as JSON. Thread-safe. */
public final class FigureBook {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;
  private final List<Figure> figures = new ArrayList<>(); // guarded by this

  /**
   * One figure.
   *
   * @param clusters how many there were
   * @param unit of {@code value}
   * @param aim what it should be, in words; empty for none
   */
  record Figure(int clusters, String what, double value, String unit, String aim) {}

  /**
   * @param file is written anew with each figure
   */
  public FigureBook(Path file) {
    this.file = file;
  }

  public void tell(int clusters, String what, double value, String unit) {
    tell(clusters, what, value, unit, "");
  }

  /** Written at once, so that a bench that is ended leaves what it has measured. */
  public synchronized void tell(int clusters, String what, double value, String unit, String aim) {
    figures.add(new Figure(clusters, what, value, unit, aim));
    System.out.printf(
        Locale.ROOT,
        "figure  %6d clusters  %-58s %10.1f %s%s%n",
        clusters,
        what,
        value,
        unit,
        aim.isEmpty() ? "" : "  (aim " + aim + ")");
    try {
      Files.createDirectories(file.getParent());
      JSON.writeValue(file.toFile(), figures);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  synchronized List<Figure> all() {
    return List.copyOf(figures);
  }

  /** The smallest value that at least {@code percent} of all do not exceed; empty of none. */
  public static <T extends Comparable<? super T>> Optional<T> percentile(
      Collection<T> values, int percent) {
    List<T> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.stream().skip(Math.max(rank, 1) - 1).findFirst();
  }
}
