package dev.pgoperator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A file that needs more than a screenful or three is two files. There is no list of exceptions:
 * split it.
 */
class FileSizeTest {

  private static final int LONGEST = 300;
  private static final int TYPICAL = 80;

  private static List<Path> sources(String... roots) {
    return Stream.of(roots).map(Path::of).flatMap(FileSizeTest::sourcesUnder).toList();
  }

  private static Stream<Path> sourcesUnder(Path root) {
    try (var files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noFileIsTooLong() {
    assertThat(sources("src/main/java", "src/test/java"))
        .filteredOn(f -> lines(f) > LONGEST)
        .isEmpty();
  }

  @Test
  void mostFilesAreShort() {
    List<Long> sizes = sources("src/main/java").stream().map(FileSizeTest::lines).sorted().toList();
    assertThat(sizes.get(sizes.size() / 2)).isLessThanOrEqualTo(TYPICAL);
  }
}
