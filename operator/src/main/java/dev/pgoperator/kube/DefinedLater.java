package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A watch of a kind that may not be defined: it begins when the definition is established, and ends
 * with it.
 */
final class DefinedLater
    implements Watches.Subscription, Consumer<Change<CustomResourceDefinition>> {
  private final Supplier<Watches.Subscription> begin;
  private final Promise<Void> listed = Promise.promise();
  private Optional<Watches.Subscription> begun = Optional.empty(); // guarded by this
  private Optional<Watches.Subscription> definition = Optional.empty(); // guarded by this
  private boolean ended; // guarded by this

  DefinedLater(Supplier<Watches.Subscription> begin) {
    this.begin = begin;
  }

  /** The kind is defined. */
  synchronized void begin() {
    if (!ended && begun.isEmpty()) {
      Watches.Subscription now = begin.get();
      begun = Optional.of(now);
      now.listed().onSuccess(listed::tryComplete);
    }
  }

  /** There are none yet; this tells of the definition. */
  synchronized void waitFor(Watches.Subscription watch) {
    definition = Optional.of(watch);
    listed.tryComplete();
  }

  @Override
  public synchronized void accept(Change<CustomResourceDefinition> change) {
    switch (change) {
      case Change.Present<CustomResourceDefinition>(var crd) -> {
        if (isEstablished(crd)) {
          begin();
        }
      }
      case Change.Gone<CustomResourceDefinition> _ -> {
        begun.ifPresent(Watches.Subscription::end);
        begun = Optional.empty();
      }
    }
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return crd.getStatus() != null
        && Optional.ofNullable(crd.getStatus().getConditions()).orElse(List.of()).stream()
            .anyMatch(one -> "Established".equals(one.getType()) && "True".equals(one.getStatus()));
  }

  @Override
  public Future<Void> listed() {
    return listed.future();
  }

  @Override
  public synchronized void end() {
    ended = true;
    begun.ifPresent(Watches.Subscription::end);
    definition.ifPresent(Watches.Subscription::end);
  }
}
