package dev.pgoperator.kube;

import dev.pgoperator.pace.Claim;
import dev.pgoperator.pace.Permits;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Runs the client's blocking calls on virtual threads, as many at a time as the API server bears
 * ({@link Congestion}), those of persons first, and retries them. The deadline of one request is
 * the client's own request timeout. A write goes through a {@link Fence} right before it is sent,
 * each time.
 */
final class Gateway {
  private final Vertx vertx;
  private final Permits places;
  private final RetryPolicy retry;
  private final Requests requests;
  private final AtomicReference<Congestion> congestion;
  private final Fence fence;
  private final Executor virtualThreads = task -> Thread.ofVirtual().name("kube").start(task);

  /** One call with all its attempts. */
  private record Call<T>(
      String name,
      Supplier<T> blocking,
      Claim claim,
      Context context,
      boolean judged,
      Fence fence) {}

  /**
   * @param places made fewer and more by the gateway
   */
  Gateway(Vertx vertx, Permits places, RetryPolicy retry, Requests requests) {
    this.vertx = vertx;
    this.places = places;
    this.retry = retry;
    this.requests = requests;
    this.congestion = new AtomicReference<>(Congestion.none());
    this.fence = Fence.OPEN;
  }

  private Gateway(Gateway same, Fence fence) {
    this.vertx = same.vertx;
    this.places = same.places;
    this.retry = same.retry;
    this.requests = same.requests;
    this.congestion = same.congestion;
    this.fence = fence;
  }

  /** The same, for writes that this fence lets through. */
  Gateway behind(Fence other) {
    return new Gateway(this, other);
  }

  /** The answer to a question, completed on the caller's context. */
  <T> Future<T> read(String request, Supplier<T> blocking) {
    return attempt(new Call<>(request, blocking, Claim.current(), context(), true, Fence.OPEN), 1);
  }

  /** The result of a change, completed on the caller's context. */
  <T> Future<T> write(String request, Supplier<T> blocking) {
    return attempt(new Call<>(request, blocking, Claim.current(), context(), true, fence), 1);
  }

  /**
   * The same without another attempt, for what must not happen twice; it may take its time, which
   * says nothing of the API server.
   */
  <T> Future<T> writeOnce(String request, Supplier<T> blocking) {
    return once(new Call<>(request, blocking, Claim.current(), context(), false, fence))
        .recover(failure -> Future.failedFuture(named(request, status(failure), failure)));
  }

  private Context context() {
    return vertx.getOrCreateContext();
  }

  private <T> Future<T> attempt(Call<T> call, int number) {
    return once(call).recover(failure -> again(call, number, failure));
  }

  private <T> Future<T> again(Call<T> call, int number, Throwable failure) {
    if (failure instanceof KubeFailure) {
      return Future.failedFuture(failure); // withheld
    }
    int status = status(failure);
    return retry
        .next(number, status)
        .map(pause -> vertx.timer(pause.toMillis()).compose(tick -> attempt(call, number + 1)))
        .orElseGet(() -> Future.failedFuture(named(call.name(), status, failure)));
  }

  private <T> Future<T> once(Call<T> call) {
    return places
        .acquire(call.claim())
        .granted()
        .compose(
            place ->
                Future.fromCompletionStage(
                    CompletableFuture.supplyAsync(() -> guarded(call, place), virtualThreads),
                    call.context()))
        .recover(failure -> Future.failedFuture(unwrapped(failure)));
  }

  /** Asks the fence as late as possible: after all that the call had to wait for. */
  private <T> T guarded(Call<T> call, Permits.Permit place) {
    if (!call.fence().enter()) {
      place.release();
      throw new KubeFailure.Withheld(call.name());
    }
    try {
      return measured(call, place);
    } finally {
      call.fence().leave();
    }
  }

  private <T> T measured(Call<T> call, Permits.Permit place) {
    long begun = System.nanoTime();
    int status = 0;
    try {
      T answer = call.blocking().get();
      status = 200;
      return answer;
    } catch (KubernetesClientException refused) {
      status = refused.getCode();
      throw refused;
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      if (call.judged()) {
        learn(status, Duration.ofNanos(begun), took);
      }
      place.release();
      requests.answered(verb(call.name()), status, took);
    }
  }

  private void learn(int status, Duration sent, Duration took) {
    Congestion now = congestion.updateAndGet(known -> known.after(status, sent, took));
    places.resize(now.places());
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
