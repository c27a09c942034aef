package dev.pgoperator.cluster.step;

import dev.pgoperator.cloud.DiskFailure;
import dev.pgoperator.kube.Kube;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.CloudDisk;
import dev.pgoperator.model.DiskGrowth;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The volumes behind the claims, as Kubernetes and as EC2 know them. */
final class CloudVolumes {
  private final SyncContext context;

  CloudVolumes(SyncContext context) {
    this.context = context;
  }

  /**
   * @param claim its name
   * @param disk its id at EC2
   */
  record Volume(String claim, PersistentVolume volume, Optional<String> disk) {}

  /**
   * Those of claims that have one. Asked one by one: the operator may not list all of a cluster.
   */
  List<Volume> of(List<PersistentVolumeClaim> claims) {
    Kube kube = context.ports().kube();
    List<Future<Optional<Volume>>> asked =
        claims.stream()
            .filter(claim -> claim.getSpec().getVolumeName() != null)
            .map(
                claim ->
                    kube.find(PersistentVolume.class, "", claim.getSpec().getVolumeName())
                        .map(
                            found ->
                                found.map(
                                    volume ->
                                        new Volume(
                                            claim.getMetadata().getName(),
                                            volume,
                                            DiskGrowth.id(volume)))))
            .toList();
    Await.await("read the volumes", Future.all(asked));
    return asked.stream().flatMap(one -> one.result().stream()).toList();
  }

  /** What EC2 says, or why it says nothing. */
  sealed interface Answer {
    record Known(Map<String, CloudDisk> byId) implements Answer {}

    record Silent(String why) implements Answer {}
  }

  Answer describe(Set<String> ids) {
    return Await.await(
        "ask EC2 for the volumes",
        context
            .ports()
            .disks()
            .describe(region(), ids)
            .<Answer>map(Answer.Known::new)
            .recover(CloudVolumes::silent));
  }

  private static Future<Answer> silent(Throwable failure) {
    return failure instanceof DiskFailure known
        ? Future.succeededFuture(new Answer.Silent(String.valueOf(known.getMessage())))
        : Future.failedFuture(failure);
  }

  private String region() {
    return context.blueprint().config().server().storage().awsRegion();
  }

  /**
   * Orders what is wished for and says what is wrong, by the disk's id: it is there once even if a
   * disk has several troubles.
   */
  Map<String, String> order(
      Map<String, CloudDisk> disks,
      BiFunction<CloudDisk, Blueprint, Optional<CloudDisk.Wish>> wish) {
    Map<String, String> troubles = new LinkedHashMap<>();
    for (CloudDisk disk : disks.values()) {
      boolean busy = disk.change() instanceof CloudDisk.Change.Underway;
      Optional<CloudDisk.Wish> wanted = wish.apply(disk, context.blueprint());
      if (wanted.isPresent() && !busy) {
        modify(wanted.get()).ifPresent(why -> troubles.put(disk.id(), why));
      }
    }
    return troubles;
  }

  private Optional<String> modify(CloudDisk.Wish wish) {
    Future<Optional<String>> refused =
        context
            .ports()
            .disks()
            .modify(region(), wish)
            .map(Optional.<String>empty())
            .recover(
                failure ->
                    failure instanceof DiskFailure known
                        ? Future.succeededFuture(Optional.of(String.valueOf(known.getMessage())))
                        : Future.failedFuture(failure));
    Optional<String> why = Await.await("change the volume " + wish.id(), refused);
    if (why.isEmpty()) {
      context.journal().tell("Volumes", "EC2 changes volume " + wish.text());
    }
    return why;
  }
}
