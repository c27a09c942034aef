package dev.pgoperator.cluster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.cluster.step.UpgradeScript.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an upgrade goes, asked by the script that runs in the pod, in a real shell. */
class UpgradeScriptTest {
  @TempDir private Path folder;

  private State look(String before) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder(List.of("/bin/bash", "-c", before + UpgradeScript.LOOK))
            .directory(folder.toFile())
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return UpgradeScript.parse(output);
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content + "\n");
  }

  @Test
  void nobodyHasBegunOne() throws Exception {
    assertThat(look("")).isEqualTo(new State.None());
  }

  @Test
  void itRuns() throws Exception {
    write("last_upgrade.log", "copies");
    assertThat(look("echo $$ > last_upgrade.pid\n")).isEqualTo(new State.Running("copies"));
  }

  @Test
  void itHasEnded() throws Exception {
    write("last_upgrade.log", "all done");
    write("last_upgrade.end", "0 17");
    assertThat(look("")).isEqualTo(new State.Ended(0, "all done"));
  }

  @Test
  void itEndsWhileItIsLookedFor() throws Exception {
    write("last_upgrade.log", "all done");
    write("last_upgrade.pid", "1");
    String endsNow = "kill() { echo '0 17' > last_upgrade.end; return 1; }\n";
    assertThat(look(endsNow)).isEqualTo(new State.Ended(0, "all done"));
  }

  @Test
  void itWasKilled() throws Exception {
    write("last_upgrade.pid", "1");
    assertThat(look("kill() { return 1; }\n")).isEqualTo(new State.Ended(255, ""));
  }
}
