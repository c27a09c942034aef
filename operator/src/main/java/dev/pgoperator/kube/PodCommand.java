package dev.pgoperator.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** One command in a container, run when it is asked for its result. */
record PodCommand(
    KubernetesClient client,
    String namespace,
    String pod,
    String container,
    List<String> command,
    Duration deadline)
    implements Supplier<ExecResult> {

  @Override
  public ExecResult get() {
    var output = new ByteArrayOutputStream();
    try (ExecWatch running =
        client
            .pods()
            .inNamespace(namespace)
            .withName(pod)
            .inContainer(container)
            .writingOutput(output)
            .writingError(output)
            .exec(command.toArray(String[]::new))) {
      int code = running.exitCode().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new ExecResult(code, output.toString(StandardCharsets.UTF_8));
    } catch (TimeoutException late) {
      throw new KubernetesClientException("no end within " + deadline.toSeconds() + " s", late);
    } catch (ExecutionException failed) {
      throw new KubernetesClientException("the command's end was not seen", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", interrupted);
    }
  }
}
