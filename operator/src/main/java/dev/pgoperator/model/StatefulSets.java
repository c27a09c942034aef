package dev.pgoperator.model;

import dev.pgoperator.api.Storage.DataVolume;
import dev.pgoperator.config.ServerSettings;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

/** The StatefulSet of a cluster (behaviour.md §1.3). */
public final class StatefulSets {

  private StatefulSets() {}

  public static StatefulSet desired(Blueprint b) {
    ServerSettings.Storage storage = b.config().server().storage();
    StatefulSet set =
        new StatefulSetBuilder()
            .withMetadata(
                Metadata.of(
                    b, Names.statefulSet(b.id()), Labels.object(b), Annotations.workload(b)))
            .withNewSpec()
            .withReplicas(Replicas.count(b))
            .withNewSelector()
            .withMatchLabels(Labels.selector(b))
            .endSelector()
            .withServiceName(Names.service(b.id(), Role.PRIMARY))
            .withVolumeClaimTemplates(claimTemplate(b))
            .withNewUpdateStrategy()
            // We decide when a pod goes: replicas first, then a switchover, then the old primary.
            .withType("OnDelete")
            .endUpdateStrategy()
            .withPodManagementPolicy(
                b.config().pods().scheduling().parallelStart() ? "Parallel" : "OrderedReady")
            .withNewPersistentVolumeClaimRetentionPolicy()
            .withWhenDeleted(storage.deletedWithCluster() ? "Delete" : "Retain")
            .withWhenScaled(storage.deletedWhenScaled() ? "Delete" : "Retain")
            .endPersistentVolumeClaimRetentionPolicy()
            .endSpec()
            .build();
    set.getSpec().setTemplate(PodTemplates.desired(b));
    return set;
  }

  private static PersistentVolumeClaim claimTemplate(Blueprint b) {
    DataVolume volume = b.spec().storage().volume();
    var spec =
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName(Names.DATA_VOLUME)
            .withLabels(Labels.object(b))
            .withAnnotations(Annotations.inherited(b))
            .endMetadata()
            .withNewSpec()
            .withAccessModes("ReadWriteOnce")
            .withVolumeMode("Filesystem")
            .withNewResources()
            .addToRequests("storage", new Quantity(volume.size()))
            .endResources();
    if (!volume.storageClass().isEmpty()) {
      spec.withStorageClassName(volume.storageClass());
    }
    volume.selector().map(LabelSelector::edit).ifPresent(s -> spec.withSelector(s.build()));
    return spec.endSpec().build();
  }
}
