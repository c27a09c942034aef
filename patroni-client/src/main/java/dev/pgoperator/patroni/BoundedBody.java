package dev.pgoperator.patroni;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of one answer and gives up at a limit, so that a member gone mad cannot fill
 * the memory. (The codecs of the web client collect without one.)
 */
final class BoundedBody implements BodyStream<Buffer> {
  /** 1 MiB; the answer of a cluster with a hundred members is about 40 KiB. */
  static final int LIMIT = 1 << 20;

  private final Buffer collected = Buffer.buffer();
  private final Promise<Buffer> result = Promise.promise();

  /** The body was longer than {@link #LIMIT}. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Future<Buffer> result() {
    return result.future();
  }

  @Override
  public Future<Void> write(Buffer chunk) {
    if (collected.length() + chunk.length() > LIMIT) {
      var tooLong = new TooLong();
      result.tryFail(tooLong);
      return Future.failedFuture(tooLong);
    }
    collected.appendBuffer(chunk);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    result.tryComplete(collected);
    return Future.succeededFuture();
  }

  @Override
  public void handle(Throwable failure) {
    result.tryFail(failure);
  }

  @Override
  public BoundedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public BoundedBody setWriteQueueMaxSize(int maxSize) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public BoundedBody drainHandler(@Nullable Handler<Void> handler) {
    return this;
  }
}
