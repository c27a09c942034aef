package dev.pgoperator.pg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * PostgreSQL refuses to run as root; a build in a container often is root. Then its programs run as
 * {@code nobody}.
 */
final class ServerUser {
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private ServerUser() {}

  static List<String> command(String... words) {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.addAll(
          List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
    }
    command.addAll(Arrays.asList(words));
    return command;
  }

  static void give(Path path) throws IOException {
    if (ROOT) {
      var users = path.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(path, users.lookupPrincipalByName("nobody"));
    }
  }
}
