package dev.pgoperator.pg;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL programs that the build copied, once per version and test run. */
final class Binaries {
  private static final Map<String, Path> UNPACKED = new ConcurrentHashMap<>();

  private Binaries() {}

  static Path of(String version) {
    return UNPACKED.computeIfAbsent(version, Binaries::unpack);
  }

  private static Path unpack(String version) {
    try (var jar = new ZipFile(Path.of("target", "postgres", version + ".jar").toFile())) {
      Path home = TemporaryFolder.create("postgres-" + version + "-");
      var entry = jar.getEntry("postgres-linux-x86_64.txz");
      try (InputStream in = new BufferedInputStream(jar.getInputStream(entry));
          var tar = new TarArchiveInputStream(new XZInputStream(in))) {
        for (TarArchiveEntry file = tar.getNextEntry(); file != null; file = tar.getNextEntry()) {
          unpack(tar, file, home.resolve(file.getName()).normalize());
        }
      }
      return home;
    } catch (IOException broken) {
      throw new IllegalStateException("cannot unpack PostgreSQL " + version, broken);
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry file, Path target)
      throws IOException {
    if (file.isDirectory()) {
      Files.createDirectories(target);
    } else if (file.isSymbolicLink()) {
      Files.createDirectories(target.getParent());
      Files.createSymbolicLink(target, Path.of(file.getLinkName()));
    } else {
      Files.createDirectories(target.getParent());
      Files.copy(tar, target);
      boolean program = (file.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
