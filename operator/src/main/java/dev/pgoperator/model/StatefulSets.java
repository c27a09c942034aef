package dev.pgoperator.model;

import dev.pgoperator.api.Storage.DataVolume;
import dev.pgoperator.config.ServerSettings;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import java.util.List;
import java.util.Map;

/** The StatefulSet of a cluster (behaviour.md §1.3). */
public final class StatefulSets {

  private StatefulSets() {}

  public static StatefulSet desired(Blueprint b) {
    StatefulSetSpec spec = new StatefulSetSpec();
    spec.setReplicas(Replicas.count(b));
    spec.setSelector(new LabelSelector(List.of(), Labels.selector(b)));
    spec.setServiceName(Names.service(b.id(), Role.PRIMARY));
    spec.setVolumeClaimTemplates(List.of(claimTemplate(b)));
    // We decide when a pod goes: replicas first, then a switchover, then the old primary.
    spec.setUpdateStrategy(new StatefulSetUpdateStrategy(null, "OnDelete"));
    spec.setPodManagementPolicy(
        b.config().pods().scheduling().parallelStart() ? "Parallel" : "OrderedReady");
    spec.setPersistentVolumeClaimRetentionPolicy(retention(b.config().server().storage()));
    spec.setTemplate(PodTemplates.desired(b));
    StatefulSet set = new StatefulSet();
    set.setMetadata(
        Metadata.of(b, Names.statefulSet(b.id()), Labels.object(b), Annotations.workload(b)));
    set.setSpec(spec);
    return set;
  }

  private static StatefulSetPersistentVolumeClaimRetentionPolicy retention(
      ServerSettings.Storage storage) {
    return new StatefulSetPersistentVolumeClaimRetentionPolicy(
        storage.deletedWithCluster() ? "Delete" : "Retain",
        storage.deletedWhenScaled() ? "Delete" : "Retain");
  }

  private static PersistentVolumeClaim claimTemplate(Blueprint b) {
    DataVolume volume = b.spec().storage().volume();
    VolumeResourceRequirements resources = new VolumeResourceRequirements();
    resources.setRequests(Map.of("storage", new Quantity(volume.size())));
    PersistentVolumeClaimSpec spec = new PersistentVolumeClaimSpec();
    spec.setAccessModes(List.of("ReadWriteOnce"));
    spec.setVolumeMode("Filesystem");
    spec.setResources(resources);
    if (!volume.storageClass().isEmpty()) {
      spec.setStorageClassName(volume.storageClass());
    }
    volume.selector().ifPresent(spec::setSelector);
    ObjectMeta metadata = new ObjectMeta();
    metadata.setName(Names.DATA_VOLUME);
    metadata.setLabels(Labels.object(b));
    metadata.setAnnotations(Annotations.inherited(b));
    PersistentVolumeClaim claim = new PersistentVolumeClaim();
    claim.setMetadata(metadata);
    claim.setSpec(spec);
    return claim;
  }
}
