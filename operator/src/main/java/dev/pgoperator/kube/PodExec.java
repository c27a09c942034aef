package dev.pgoperator.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.TtyExecOutputErrorable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one program in a container; blocks, so it belongs on a virtual thread. */
final class PodExec {
  /** Of a program's output, enough to see why it failed. */
  private static final int KEPT = 4000;

  private PodExec() {}

  static ExecResult run(KubernetesClient client, PodCommand command) {
    var output = new ByteArrayOutputStream();
    byte[] input = command.input().reveal().getBytes(StandardCharsets.UTF_8);
    ContainerResource container =
        client
            .pods()
            .inNamespace(command.namespace())
            .withName(command.pod())
            .inContainer(command.container());
    TtyExecOutputErrorable streams = input.length == 0 ? container : container.redirectingInput();
    try (ExecWatch running =
        streams
            .writingOutput(output)
            .writingError(output)
            .exec(command.words().toArray(String[]::new))) {
      if (input.length > 0) {
        running.getInput().write(input);
        running.getInput().flush();
      }
      Integer code = running.exitCode().get(command.limit().toMillis(), TimeUnit.MILLISECONDS);
      return new ExecResult(code == null ? -1 : code, kept(output));
    } catch (KubernetesClientException refused) {
      // Its own words are "An error has occurred."; what the server said is at the bottom.
      throw new KubeFailure.Unavailable(command.shown(), deepest(refused), refused);
    } catch (IOException broken) {
      throw new KubeFailure.Unavailable(
          command.shown(), String.valueOf(broken.getMessage()), broken);
    } catch (TimeoutException late) {
      throw new KubeFailure.Unavailable(
          command.shown(), "did not end in " + command.limit().toSeconds() + " s", late);
    } catch (ExecutionException failed) {
      throw new KubeFailure.Unavailable(
          command.shown(), String.valueOf(failed.getMessage()), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KubeFailure.Unavailable(command.shown(), "interrupted", stopped);
    }
  }

  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private static String kept(ByteArrayOutputStream output) {
    String all = output.toString(StandardCharsets.UTF_8);
    return all.length() > KEPT ? all.substring(0, KEPT) : all;
  }
}
