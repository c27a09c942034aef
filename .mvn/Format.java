import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Formats the Java sources under a folder: {@code Format check|write FOLDER}; exit 1 when a check finds a difference. */
class Format {
  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    Path folder = Path.of(args[1]);
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> sources;
    try (var walk = Files.walk(folder)) {
      sources = walk.filter(p -> p.toString().endsWith(".java")).sorted().toList();
    }
    var formatter = new Formatter();
    int differing = 0;
    for (Path source : sources) {
      String have = Files.readString(source);
      String ordered = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(have), Style.GOOGLE);
      String want = formatter.formatSource(ordered);
      if (have.equals(want)) {
        continue;
      }
      differing++;
      if (write) {
        Files.writeString(source, want);
      }
      System.err.println((write ? "formatted " : "not formatted: ") + source);
    }
    if (differing > 0 && !write) {
      System.err.println("run: mvn -Pformat compile");
      System.exit(1);
    }
  }
}
