package dev.pgoperator.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Runs the client's blocking calls on virtual threads, a bounded number at a time, and retries
 * them. The deadline of one request is the client's own request timeout.
 */
final class Gateway {
  private final Vertx vertx;
  private final Semaphore inFlight;
  private final RetryPolicy retry;
  private final Requests requests;
  private final Executor virtualThreads = task -> Thread.ofVirtual().name("kube").start(task);

  Gateway(Vertx vertx, int inFlight, RetryPolicy retry, Requests requests) {
    this.vertx = vertx;
    this.inFlight = new Semaphore(inFlight, true);
    this.retry = retry;
    this.requests = requests;
  }

  /** The result of {@code blocking}, completed on the caller's context. */
  <T> Future<T> call(String request, Supplier<T> blocking) {
    return attempt(request, blocking, 1);
  }

  /** The same without another attempt, for what must not happen twice. */
  <T> Future<T> callOnce(String request, Supplier<T> blocking) {
    return once(request, blocking)
        .recover(failure -> Future.failedFuture(named(request, status(failure), failure)));
  }

  private <T> Future<T> attempt(String request, Supplier<T> blocking, int number) {
    return once(request, blocking).recover(failure -> again(request, blocking, number, failure));
  }

  private <T> Future<T> again(String request, Supplier<T> blocking, int number, Throwable failure) {
    int status = status(failure);
    return retry
        .next(number, status)
        .map(
            pause ->
                vertx
                    .timer(pause.toMillis())
                    .compose(tick -> attempt(request, blocking, number + 1)))
        .orElseGet(() -> Future.failedFuture(named(request, status, failure)));
  }

  private <T> Future<T> once(String request, Supplier<T> blocking) {
    Context context = vertx.getOrCreateContext();
    return Future.fromCompletionStage(
            CompletableFuture.supplyAsync(() -> bounded(request, blocking), virtualThreads),
            context)
        .recover(failure -> Future.failedFuture(unwrapped(failure)));
  }

  private <T> T bounded(String request, Supplier<T> blocking) {
    inFlight.acquireUninterruptibly();
    long begun = System.nanoTime();
    int status = 0;
    try {
      T answer = blocking.get();
      status = 200;
      return answer;
    } catch (KubernetesClientException refused) {
      status = refused.getCode();
      throw refused;
    } finally {
      inFlight.release();
      requests.answered(verb(request), status, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  /** Requests are named by their verb, kind and object. */
  private static String verb(String request) {
    int end = request.indexOf(' ');
    return end < 0 ? request : request.substring(0, end);
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException wrapper && wrapper.getCause() != null
        ? wrapper.getCause()
        : failure;
  }

  private static int status(Throwable failure) {
    return failure instanceof KubernetesClientException refused ? refused.getCode() : 0;
  }

  private static Throwable named(String request, int status, Throwable failure) {
    if (!(failure instanceof KubernetesClientException)) {
      return failure instanceof RuntimeException bug && !(bug instanceof KubeFailure)
          ? new KubeFailure.Unavailable(request, bug.getClass().getSimpleName(), bug)
          : failure;
    }
    if (status == 404) {
      return new KubeFailure.NotFound(request, failure);
    }
    if (status >= 400 && status < 500 && status != 408 && status != 429) {
      return new KubeFailure.Refused(request, status, reason(failure), failure);
    }
    return new KubeFailure.Unavailable(request, reason(failure), failure);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause().getMessage() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** The server's own words: they name fields, not the values of secrets. */
  private static String reason(Throwable failure) {
    Optional<String> fromServer =
        failure instanceof KubernetesClientException refused && refused.getStatus() != null
            ? Optional.ofNullable(refused.getStatus().getMessage())
            : Optional.empty();
    return fromServer.orElseGet(() -> String.valueOf(rootOf(failure).getMessage()));
  }
}
