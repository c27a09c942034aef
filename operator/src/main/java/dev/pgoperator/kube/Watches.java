package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Streams of changes from the API server. A watch lists first, then follows; it reconnects by
 * itself after any interruption and reports what it missed. Only names and versions of objects are
 * kept in memory: whoever listens keeps what it needs. Listeners are called on the client's
 * threads, one change at a time for each watch.
 */
public interface Watches extends AutoCloseable {

  /** A watch that can be ended. */
  interface Subscription {

    /** Done when the first list has been delivered; not before it may be read at all. */
    Future<Void> listed();

    /** Ends it; nothing more is delivered soon after that. */
    void end();
  }

  /**
   * Watches one kind of objects for as long as the operator runs.
   *
   * @param blank makes an empty object of the kind, to hold the metadata that is kept
   * @return done when the first list has been delivered
   */
  default <T extends HasMetadata> Future<Void> watch(
      Class<T> type, Supplier<T> blank, WatchScope scope, Consumer<Change<T>> listener) {
    return subscribe(type, blank, scope, listener).listed();
  }

  /** Watches one kind of objects until it is ended. */
  <T extends HasMetadata> Subscription subscribe(
      Class<T> type, Supplier<T> blank, WatchScope scope, Consumer<Change<T>> listener);

  /** The {@code OperatorConfiguration} objects, undecoded. */
  Subscription subscribeToConfigurations(
      WatchScope scope, Consumer<Change<GenericKubernetesResource>> listener);

  /**
   * The {@code PostgresTeam} objects, undecoded. Where that kind is not defined there are none, and
   * the watch begins when it is.
   */
  Subscription subscribeToTeams(
      WatchScope scope, Consumer<Change<GenericKubernetesResource>> listener);

  /**
   * Watches a kind that may not be defined: then the watch begins when it is, without anybody
   * waiting for it.
   *
   * @return done when it is known that there are none yet, or the first list has been delivered
   */
  <T extends HasMetadata> Future<Void> watchIfDefined(
      Class<T> type, Supplier<T> blank, WatchScope scope, Consumer<Change<T>> listener);

  /**
   * The {@code postgresql} objects, undecoded: a typed watch would stop at the first malformed one.
   */
  Future<Void> watchManifests(
      WatchScope scope, Consumer<Change<GenericKubernetesResource>> listener);

  /** Kinds whose watch is interrupted at this moment; each is being taken up again. */
  Set<String> interrupted();

  @Override
  void close();
}
