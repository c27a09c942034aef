package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Origin;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.cluster.step.Await;
import dev.pgoperator.cluster.step.Journal;
import dev.pgoperator.cluster.step.Ports;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.kube.Kube;
import dev.pgoperator.kube.Kube.Dependents;
import dev.pgoperator.kube.KubeFailure;
import dev.pgoperator.model.FabricEventStream;
import dev.pgoperator.model.Labels;
import dev.pgoperator.model.Names;
import dev.pgoperator.model.Role;
import dev.pgoperator.model.RoleCredential;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes what belongs to a cluster, by its labels, so that nothing has to be remembered but the
 * few secrets that labels do not lead to. Every call may be repeated.
 *
 * <p>The StatefulSet goes last: until then it carries a mark with the uid of the deleted manifest,
 * so that an operator that was killed in the middle finds the mark after its restart and finishes.
 * The ServiceAccount and its RoleBinding stay, because they serve the whole namespace.
 */
public final class Teardown {
  private static final int FORBIDDEN = 403;

  private final ClusterId id;
  private final Origin origin;
  private final OperatorConfig config;
  private final Ports ports;
  private final Journal journal;
  private final Set<RoleCredential> unlisted;

  /**
   * @param unlisted secrets of the cluster that do not carry its labels or are in other namespaces
   */
  Teardown(
      ClusterId id,
      Origin origin,
      OperatorConfig config,
      Ports ports,
      Set<RoleCredential> unlisted) {
    this.unlisted = unlisted;
    this.id = id;
    this.origin = origin;
    this.config = config;
    this.ports = ports;
    this.journal = new Journal(ports.kube(), ports.clock(), id, origin.version());
  }

  /** How far the teardown came. */
  sealed interface Progress {
    record Complete() implements Progress {}

    record PodsRemain(Duration lookAgain) implements Progress {}

    /** The manifest is held until its annotations allow the deletion. */
    record Held() implements Progress {}
  }

  /**
   * One round: begins or continues the teardown.
   *
   * @throws dev.pgoperator.cluster.step.StepFailed when a call fails; the next round repeats what
   *     is left
   */
  Progress round() {
    boolean begun = marked();
    Optional<String> refusal = begun ? Optional.empty() : refusal();
    if (refusal.isPresent()) {
      journal.warn("Delete", "all objects of the cluster are kept: " + refusal.get());
      return origin.finalizers().contains(Postgresql.FINALIZER)
          ? new Progress.Held()
          : new Progress.Complete();
    }
    if (!begun || ports.inventory().pods(id).stream().anyMatch(pod -> !pod.health().deleting())) {
      // First of all the mark: without it nobody would finish what is begun here. Later only for a
      // pod that was made in between.
      stopPods();
    }
    if (!begun) {
      journal.tell("Delete", "deleting the cluster");
    }
    if (!ports.inventory().pods(id).isEmpty()) {
      return new Progress.PodsRemain(Duration.ofSeconds(2));
    }
    deleteRest();
    return release();
  }

  /** Whether an earlier round has begun: then its decision stands. */
  private boolean marked() {
    return Await.await(
            "read the StatefulSet", kube().find(StatefulSet.class, id.namespace(), id.name()))
        .flatMap(TeardownMark::on)
        .map(mark -> mark.uid().equals(origin.uid()))
        .orElse(false);
  }

  private Optional<String> refusal() {
    LocalDate today = LocalDate.ofInstant(ports.clock().instant(), ZoneOffset.UTC);
    return DeleteProtection.refusal(config.operator().deletion(), id, origin, today);
  }

  /**
   * Scaled to zero the StatefulSet makes no new pods, and all old ones can stop at the same time.
   */
  private void stopPods() {
    String markAndStop = TeardownMark.of(origin).patch();
    var marked = kube().mergePatch(StatefulSet.class, id.namespace(), id.name(), markAndStop);
    Await.await("mark the StatefulSet", marked.recover(Teardown::absentIsFine));
    Await.await("delete the pods", kube().deleteAll(Pod.class, id.namespace(), selector()));
  }

  /**
   * All at the same time, and the StatefulSet with its mark when the rest is gone. Patroni's
   * objects come after its pods: a leader that is still alive would make them again.
   */
  private void deleteRest() {
    Await.await("delete what belongs to the cluster", Future.join(rest()));
    Await.await("delete the StatefulSet", delete(StatefulSet.class, id.name()));
  }

  private List<Future<Void>> rest() {
    var rules = config.operator().deletion();
    List<Future<Void>> rest = new ArrayList<>();
    rest.add(
        kube()
            .deleteAll(FabricEventStream.class, id.namespace(), selector())
            .recover(Teardown::notServedIsFine));
    if (rules.secrets()) {
      rest.add(deleteAll(Secret.class));
      unlisted.forEach(role -> rest.add(delete(Secret.class, role.namespace(), role.secretName())));
    }
    if (rules.volumeClaims()) {
      rest.add(deleteAll(PersistentVolumeClaim.class));
    }
    rest.add(deleteAll(PodDisruptionBudget.class));
    rest.add(deleteAll(CronJob.class, Labels.LOGICAL_BACKUP));
    rest.addAll(poolers(rules.secrets()));
    rest.add(delete(Endpoints.class, id.name()));
    for (String name : List.of(id.name(), id.name() + "-repl", id.name() + "-config")) {
      rest.add(delete(Service.class, name));
    }
    for (String suffix : Names.PATRONI_SUFFIXES) {
      rest.add(delete(ConfigMap.class, id.name() + "-" + suffix));
      rest.add(delete(Endpoints.class, id.name() + "-" + suffix));
    }
    return rest;
  }

  /** The list of users goes in any case: it is made of secrets that may stay. */
  private List<Future<Void>> poolers(boolean credentials) {
    List<Future<Void>> rest = new ArrayList<>();
    rest.add(deleteAll(Deployment.class, Labels.POOLER));
    rest.add(deleteAll(Service.class, Labels.POOLER));
    if (credentials) {
      rest.add(deleteAll(Secret.class, Labels.POOLER));
    } else {
      for (Role role : Role.values()) {
        rest.add(delete(Secret.class, Names.userList(id, role)));
      }
    }
    return rest;
  }

  private Progress release() {
    if (origin.finalizers().contains(Postgresql.FINALIZER)) {
      Await.await("release the manifest", kube().releaseManifest(id, Postgresql.FINALIZER));
    }
    return new Progress.Complete();
  }

  private <T extends HasMetadata> Future<Void> deleteAll(Class<T> type) {
    return kube().deleteAll(type, id.namespace(), selector());
  }

  private <T extends HasMetadata> Future<Void> deleteAll(Class<T> type, String application) {
    return kube().deleteAll(type, id.namespace(), Labels.selector(config, id, application));
  }

  private <T extends HasMetadata> Future<Void> delete(Class<T> type, String name) {
    return delete(type, id.namespace(), name);
  }

  private <T extends HasMetadata> Future<Void> delete(
      Class<T> type, String namespace, String name) {
    return kube().delete(type, namespace, name, Dependents.DELETE);
  }

  private static Future<Void> absentIsFine(Throwable failure) {
    return failure instanceof KubeFailure.NotFound
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }

  /** Who cannot see streams has made none. */
  private static Future<Void> notServedIsFine(Throwable failure) {
    return failure instanceof KubeFailure.Refused refused && refused.status() == FORBIDDEN
        ? Future.succeededFuture()
        : absentIsFine(failure);
  }

  private Map<String, String> selector() {
    return Labels.selector(config, id);
  }

  private Kube kube() {
    return ports.kube();
  }
}
