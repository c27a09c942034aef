package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Watches} on fabric8 informers. */
public final class Fabric8Watches implements Watches {
  /** The operator's own configuration as the API server knows it. */
  public static final ResourceDefinitionContext OPERATOR_CONFIGURATION =
      new ResourceDefinitionContext.Builder()
          .withGroup("acid.zalan.do")
          .withVersion("v1")
          .withKind("OperatorConfiguration")
          .withPlural("operatorconfigurations")
          .withNamespaced(true)
          .build();

  private static final ResourceDefinitionContext POSTGRES_TEAM =
      new ResourceDefinitionContext.Builder()
          .withGroup("acid.zalan.do")
          .withVersion("v1")
          .withKind("PostgresTeam")
          .withPlural("postgresteams")
          .withNamespaced(true)
          .build();

  private static final Logger LOG = LoggerFactory.getLogger(Fabric8Watches.class);

  /** Objects of one page of a list; a hundred pods are five megabytes while they are read. */
  private static final long PAGE = 100;

  private static final int LISTS_AT_ONCE = 4;

  private static final Duration LIST_PATIENCE = Duration.ofSeconds(5);

  private static final long DELIVERY_PAUSE_MS = 5;

  /** A minute: after that the operator ends, and Kubernetes starts it anew. */
  private static final int DELIVERY_LOOKS = 12_000;

  private final Vertx vertx;
  private final KubernetesClient client;
  private final List<SharedIndexInformer<?>> running = new CopyOnWriteArrayList<>();
  private final ListTurns turns;

  public Fabric8Watches(Vertx vertx, KubernetesClient client) {
    this.vertx = vertx;
    this.client = client;
    this.turns = new ListTurns(vertx, LISTS_AT_ONCE, LIST_PATIENCE);
  }

  @Override
  public <T extends HasMetadata> Subscription subscribe(
      Class<T> type, Supplier<T> blank, WatchScope scope, Consumer<Change<T>> listener) {
    var all = client.resources(type);
    return start(type.getSimpleName(), all, scope, new MetadataStore<>(blank, scope), listener);
  }

  @Override
  public Subscription subscribeToConfigurations(
      WatchScope scope, Consumer<Change<GenericKubernetesResource>> listener) {
    return generic(OPERATOR_CONFIGURATION, scope, listener);
  }

  @Override
  public Subscription subscribeToTeams(
      WatchScope scope, Consumer<Change<GenericKubernetesResource>> listener) {
    return whenDefined(
        "postgresteams.acid.zalan.do",
        asked(() -> client.supports("acid.zalan.do/v1", "PostgresTeam")),
        () -> generic(POSTGRES_TEAM, scope, listener));
  }

  private Future<Boolean> asked(Supplier<Boolean> question) {
    return Future.fromCompletionStage(
        CompletableFuture.supplyAsync(
            question, task -> Thread.ofVirtual().name("kube").start(task)),
        vertx.getOrCreateContext());
  }

  @Override
  public <T extends HasMetadata> Future<Void> watchIfDefined(
      Class<T> type, Supplier<T> blank, WatchScope scope, Consumer<Change<T>> listener) {
    return whenDefined(
            HasMetadata.getFullResourceName(type),
            asked(() -> client.supports(type)),
            () -> subscribe(type, blank, scope, listener))
        .listed();
  }

  /** A kind that is not defined now is waited for by a watch of its definition. */
  private Subscription whenDefined(
      String definition, Future<Boolean> defined, Supplier<Subscription> begin) {
    var later = new DefinedLater(begin);
    defined
        .otherwise(
            failure -> {
              LOG.warn("whether {} is defined is not known: {}", definition, failure.getMessage());
              return false;
            })
        .onSuccess(
            yes -> {
              if (yes) {
                later.begin();
              } else {
                later.waitFor(
                    subscribe(
                        CustomResourceDefinition.class,
                        CustomResourceDefinition::new,
                        WatchScope.named(Optional.empty(), definition),
                        later));
              }
            });
    return later;
  }

  @Override
  public Future<Void> watchManifests(
      WatchScope scope, Consumer<Change<GenericKubernetesResource>> listener) {
    return generic(Fabric8Kube.POSTGRESQL, scope, listener).listed();
  }

  private Subscription generic(
      ResourceDefinitionContext kind,
      WatchScope scope,
      Consumer<Change<GenericKubernetesResource>> listener) {
    var all = client.genericKubernetesResources(kind);
    var store = new MetadataStore<>(() -> blank(kind), scope);
    return start(kind.getKind(), all, scope, store, listener);
  }

  private static GenericKubernetesResource blank(ResourceDefinitionContext kind) {
    var blank = new GenericKubernetesResource();
    blank.setApiVersion(kind.getGroup() + "/" + kind.getVersion());
    blank.setKind(kind.getKind());
    return blank;
  }

  @Override
  public Set<String> interrupted() {
    return running.stream()
        .filter(informer -> !informer.isWatching())
        .map(informer -> informer.getApiTypeClass().getSimpleName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void close() {
    running.forEach(SharedIndexInformer::stop);
  }

  private static <T, L, R extends Resource<T>> FilterWatchListDeletable<T, L, R> narrowed(
      MixedOperation<T, L, R> all, WatchScope scope) {
    FilterWatchListDeletable<T, L, R> place =
        scope.namespace().isPresent()
            ? all.inNamespace(scope.namespace().get())
            : all.inAnyNamespace();
    FilterWatchListDeletable<T, L, R> labelled =
        scope.labels().isEmpty() ? place : place.withLabels(scope.labels());
    FilterWatchListDeletable<T, L, R> present =
        scope.labelPresent().isEmpty() ? labelled : labelled.withLabel(scope.labelPresent());
    return scope.fields().isEmpty() ? present : present.withFields(scope.fields());
  }

  private record Running(
      SharedIndexInformer<?> informer, Future<Void> listed, List<SharedIndexInformer<?>> all)
      implements Subscription {
    @Override
    public void end() {
      all.remove(informer);
      informer.stop();
    }
  }

  private <T extends HasMetadata> Subscription start(
      String what,
      MixedOperation<T, ?, ? extends Resource<T>> all,
      WatchScope scope,
      MetadataStore<T> store,
      Consumer<Change<T>> listener) {
    var forward = new Forward<>(listener, new AtomicInteger());
    SharedIndexInformer<T> informer =
        narrowed(all, scope)
            .withLimit(PAGE)
            .runnableInformer(0)
            .removeNamespaceIndex()
            .itemStore(store)
            .exceptionHandler(
                (started, failure) -> {
                  LOG.warn(
                      "watch of {} was interrupted and is taken up again: {}",
                      what,
                      failure.getMessage());
                  return true;
                })
            .addEventHandler(forward);
    running.add(informer);
    Supplier<Future<Void>> list =
        () ->
            Future.fromCompletionStage(informer.start(), vertx.getOrCreateContext())
                .compose(
                    done -> delivered(what, forward.delivered(), store.size(), DELIVERY_LOOKS));
    // A single object takes no room, and whoever waits for it should not wait for a fleet.
    return new Running(informer, scope.fields().isEmpty() ? turns.take(list) : list.get(), running);
  }

  /**
   * The informer is started when it has listed; its listener hears of the objects a little later,
   * on another thread.
   */
  private Future<Void> delivered(String what, AtomicInteger count, int listed, int looksLeft) {
    if (count.get() >= listed) {
      return Future.succeededFuture();
    }
    if (looksLeft == 0) {
      return Future.failedFuture(
          new IllegalStateException(
              "of " + listed + " objects of " + what + " only " + count + " were delivered"));
    }
    return vertx
        .timer(DELIVERY_PAUSE_MS)
        .compose(tick -> delivered(what, count, listed, looksLeft - 1));
  }

  private record Forward<T>(Consumer<Change<T>> listener, AtomicInteger delivered)
      implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      listener.accept(new Change.Present<>(object));
      delivered.incrementAndGet();
    }

    @Override
    public void onUpdate(T before, T object) {
      listener.accept(new Change.Present<>(object));
      delivered.incrementAndGet();
    }

    @Override
    public void onDelete(T last, boolean missed) {
      listener.accept(new Change.Gone<>(last));
    }
  }
}
