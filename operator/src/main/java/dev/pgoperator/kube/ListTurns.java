package dev.pgoperator.kube;

import dev.pgoperator.pace.Claim;
import dev.pgoperator.pace.Permits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets few kinds be listed at the same time: what all of them leave behind has to find room in a
 * small young generation (decision 0031).
 */
final class ListTurns {
  private final Vertx vertx;
  private final Permits places;
  private final Duration patience;

  /**
   * @param patience after that a list that does not come, as it may not be asked for, holds up the
   *     others no more
   */
  ListTurns(Vertx vertx, int atOnce, Duration patience) {
    this.vertx = vertx;
    this.places = new Permits(atOnce);
    this.patience = patience;
  }

  /** Begins the list when it is its turn. Also one that cannot begin gives its turn back. */
  Future<Void> take(Supplier<Future<Void>> list) {
    return places.acquire(Claim.NOBODY).granted().compose(place -> within(place, list));
  }

  private Future<Void> within(Permits.Permit place, Supplier<Future<Void>> list) {
    long over = vertx.setTimer(patience.toMillis(), late -> place.release());
    return Future.<Void>succeededFuture()
        .compose(begin -> list.get()) // what it throws becomes a failure
        .onComplete(
            done -> {
              vertx.cancelTimer(over);
              place.release();
            });
  }
}
