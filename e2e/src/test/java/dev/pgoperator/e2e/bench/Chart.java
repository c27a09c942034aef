package dev.pgoperator.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The curves over the number of clusters, as a small SVG: memory, and time until ready. */
final class Chart {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 200;
  private static final int MARGIN = 46;

  private Chart() {}

  static void write(FigureBook book, Path file) {
    String svg =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
        <rect width="100%%" height="100%%" fill="white"/>
        %s%s</svg>
        """
            .formatted(
                2 * WIDTH,
                HEIGHT,
                curve(book, "resident at rest", "MiB resident at rest", "#2563eb", 0),
                curve(
                    book, "start until ready", "seconds from start until ready", "#b45309", WIDTH));
    save(file, svg);
  }

  /** The times of the reaction bench as bars. */
  static void writeReaction(FigureBook book, Path file) {
    List<FigureBook.Figure> bars =
        book.all().stream().filter(one -> one.unit().equals("ms")).toList();
    double most = bars.stream().mapToDouble(FigureBook.Figure::value).max().orElse(1);
    var drawn = new StringBuilder();
    int y = 10;
    for (FigureBook.Figure bar : bars) {
      drawn.append(
          String.format(Locale.ROOT, "<text x='10' y='%d'>%s</text>\n", y + 10, bar.what()));
      drawn.append(
          String.format(
              Locale.ROOT,
              "<rect x='10' y='%d' width='%.1f' height='8' fill='#2563eb'/>\n",
              y + 15,
              Math.max(1, bar.value() / most * (2 * WIDTH - 120))));
      drawn.append(
          String.format(
              Locale.ROOT,
              "<text x='%.1f' y='%d'>%.1f ms</text>\n",
              16 + bar.value() / most * (2 * WIDTH - 120),
              y + 23,
              bar.value()));
      y += 32;
    }
    save(
        file,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
        <rect width="100%%" height="100%%" fill="white"/>
        %s</svg>
        """
            .formatted(2 * WIDTH, y, drawn));
  }

  private static void save(Path file, String svg) {
    try {
      Files.writeString(file, svg);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String curve(
      FigureBook book, String figure, String title, String colour, int left) {
    List<FigureBook.Figure> points =
        book.all().stream().filter(one -> one.what().equals(figure)).toList();
    double most = points.stream().mapToDouble(FigureBook.Figure::value).max().orElse(1);
    var drawn = new StringBuilder();
    var line = new StringBuilder();
    for (FigureBook.Figure point : points) {
      double decades = Math.log10(Math.max(point.clusters(), 10) / 10.0);
      double x = left + MARGIN + decades * (WIDTH - 2 * MARGIN) / 3;
      double y = HEIGHT - MARGIN + 10 - point.value() / most * (HEIGHT - 2 * MARGIN);
      line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      drawn.append(
          String.format(
              Locale.ROOT, "<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>\n", x, y, colour));
      drawn.append(
          String.format(
              Locale.ROOT,
              "<text x='%.1f' y='%.1f' text-anchor='middle'>%.1f</text>\n",
              x,
              y - 8,
              point.value()));
      drawn.append(
          String.format(
              Locale.ROOT,
              "<text x='%.1f' y='%d' text-anchor='middle' fill='#555'>%,d</text>\n",
              x,
              HEIGHT - 10,
              point.clusters()));
    }
    String head =
        String.format(
            Locale.ROOT,
            "<text x='%d' y='16' font-weight='bold'>%s</text>\n",
            left + MARGIN - 20,
            title);
    String path =
        String.format(
            Locale.ROOT,
            "<polyline points='%s' fill='none' stroke='%s'/>\n",
            line.toString().strip(),
            colour);
    return head + path + drawn;
  }
}
