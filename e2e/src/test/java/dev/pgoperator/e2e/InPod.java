package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands inside a pod of a database, as a person would give them with {@code kubectl exec}. */
record InPod(Scene scene, Pod pod) {
  private static final int SECONDS = 60;

  /** Runs it as root and gives what it wrote; fails when it fails. */
  String run(String command) {
    Result result = attempt(command);
    if (result.code() != 0) {
      throw new AssertionError(command + " ended with " + result);
    }
    return result.output();
  }

  record Result(int code, String output) {}

  /** The same, for what may fail. */
  Result attempt(String command) {
    var output = new ByteArrayOutputStream();
    try (ExecWatch watch =
        scene
            .client()
            .pods()
            .resource(pod)
            .inContainer("postgres")
            .writingOutput(output)
            .writingError(output)
            .exec("bash", "-c", command)) {
      int code = watch.exitCode().get(SECONDS, TimeUnit.SECONDS);
      return new Result(code, output.toString(StandardCharsets.UTF_8));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(command, interrupted);
    } catch (ExecutionException | TimeoutException failure) {
      throw new AssertionError(command + ": " + output.toString(StandardCharsets.UTF_8), failure);
    }
  }
}
