package dev.pgoperator.kube;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Whether writes are allowed at this moment. Asked right before each request is sent, also before
 * each repetition. Thread-safe.
 */
public interface Fence {

  /** Always open, for what belongs to no cluster. */
  Fence OPEN =
      new Fence() {
        @Override
        public boolean enter() {
          return true;
        }

        @Override
        public void leave() {}
      };

  /** Never open. */
  Fence CLOSED =
      new Fence() {
        @Override
        public boolean enter() {
          return false;
        }

        @Override
        public void leave() {}
      };

  /** Begins a write, if it is allowed; then {@link #leave} has to follow. */
  boolean enter();

  /** The write that was begun has ended. */
  void leave();

  /**
   * Lets a write to somebody else than the API server through.
   *
   * @param what names it
   * @return fails with {@link KubeFailure.Withheld} when the fence is closed
   */
  default <T> Future<T> guard(String what, Supplier<Future<T>> write) {
    return enter()
        ? write.get().onComplete(done -> leave())
        : Future.failedFuture(new KubeFailure.Withheld(what));
  }
}
