package dev.pgoperator.boot;

import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.WatchScope;
import dev.pgoperator.kube.Watches;
import dev.pgoperator.model.FabricEventStream;
import dev.pgoperator.model.Labels;
import dev.pgoperator.watch.LiveConfig;
import dev.pgoperator.watch.NodeWatch;
import dev.pgoperator.watch.ObjectWatch;
import dev.pgoperator.watch.PodWatch;
import dev.pgoperator.watch.TeardownMarks;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/** What is watched of the objects that belong to clusters. */
record WatchList(Watches watches, Fleet fleet, Inventory inventory, LiveConfig config) {

  /**
   * Begins all watches.
   *
   * @param namespace the only one; empty for all
   * @return done when all objects are known
   */
  Future<Void> begin(Optional<String> namespace, TeardownMarks marks) {
    var objects = config.get().objects();
    var labels = objects.labels();
    WatchScope owned = WatchScope.ofClusters(namespace, labels.cluster(), labels.clusterName());
    WatchScope poolers = owned.with(Labels.APPLICATION, Labels.POOLER);
    WatchScope backups = owned.with(Labels.APPLICATION, Labels.LOGICAL_BACKUP);
    WatchScope account = WatchScope.named(namespace, objects.podAccount().name());
    Future<Void> known =
        Future.all(
                // What takes longest comes first: for secrets the API server reads all there are,
                // and pods are the most.
                follow(Secret.class, Secret::new, owned),
                watches.watch(
                    Pod.class,
                    Pod::new,
                    owned,
                    new PodWatch(fleet, inventory, labels.clusterName(), labels.podRole())),
                watches.watch(StatefulSet.class, StatefulSet::new, owned, marks),
                Future.all(
                    follow(Service.class, Service::new, owned),
                    endpoints(owned),
                    follow(PodDisruptionBudget.class, PodDisruptionBudget::new, owned)),
                Future.all(
                    follow(Deployment.class, Deployment::new, poolers),
                    follow(Service.class, Service::new, poolers),
                    follow(Secret.class, Secret::new, poolers),
                    follow(CronJob.class, CronJob::new, backups),
                    watches.watchIfDefined(
                        FabricEventStream.class, FabricEventStream::new, owned, objects())),
                Future.all(
                    follow(ServiceAccount.class, ServiceAccount::new, account),
                    follow(RoleBinding.class, RoleBinding::new, account)))
            .mapEmpty();
    // Nobody waits for it: where nodes may not be watched, everything else works.
    watches.subscribe(
        Node.class, Node::new, WatchScope.all(Optional.empty()), new NodeWatch(fleet, inventory));
    return known;
  }

  /**
   * Only where Patroni keeps its state in them: elsewhere nobody reads them, and they change often.
   */
  private Future<Void> endpoints(WatchScope owned) {
    return config.get().server().consensus().onConfigMaps()
        ? Future.succeededFuture()
        : follow(Endpoints.class, Endpoints::new, owned);
  }

  private <T extends HasMetadata> Future<Void> follow(
      Class<T> type, Supplier<T> blank, WatchScope scope) {
    return watches.watch(type, blank, scope, objects());
  }

  <T extends HasMetadata> ObjectWatch<T> objects() {
    return new ObjectWatch<>(fleet, inventory, config.get().objects().labels().clusterName());
  }
}
