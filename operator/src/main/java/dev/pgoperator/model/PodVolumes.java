package dev.pgoperator.model;

import dev.pgoperator.api.Server.Tls;
import dev.pgoperator.api.Storage.AdditionalVolume;
import dev.pgoperator.api.Storage.SubPath;
import dev.pgoperator.config.PodSettings.Mounts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Volumes of a pod and where they are mounted (behaviour.md §1.6, Volumes).
 *
 * @param rejected additional volumes left out because their path is taken, one sentence each; their
 *     mounts go with them, so that the pod stays valid
 */
record PodVolumes(List<Volume> volumes, List<Placement> placements, List<String> rejected) {

  static final String DATA_PATH = "/home/postgres/pgdata";

  private static final String EVERYWHERE = "all";
  private static final int READABLE_BY_GROUP = 0640;

  /** A mount and the containers that have it. */
  record Placement(VolumeMount mount, List<String> containers) {
    boolean isIn(String container) {
      return containers.contains(EVERYWHERE) || containers.contains(container);
    }
  }

  private static PodVolumes none() {
    return new PodVolumes(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Those of a pod that has no data of its own: the administrator's secret. */
  static PodVolumes withoutData(Blueprint b) {
    PodVolumes result = none();
    result.additionalSecret(b.config().pods().mounts());
    return result;
  }

  static PodVolumes of(Blueprint b) {
    PodVolumes result = none();
    SubPath subPath = b.spec().storage().volume().subPath();
    result.placements.add(placement(Names.DATA_VOLUME, DATA_PATH, subPath, List.of(EVERYWHERE)));
    Mounts mounts = b.config().pods().mounts();
    // A manifest can ask for shared memory but not refuse it: the reference's way, which live pods
    // have.
    if (mounts.sharedMemory() || b.spec().storage().sharedMemory().or(false)) {
      result.memory("dshm", "/dev/shm", List.of(Names.DATABASE_CONTAINER));
    }
    if (mounts.sharedSocket()) {
      result.memory("postgresql-run", "/var/run/postgresql", List.of(EVERYWHERE));
    }
    result.additionalSecret(mounts);
    result.additional(b.spec().storage().additionalVolumes());
    result.tls(b.spec().server().tls(), List.of(Names.DATABASE_CONTAINER));
    return result;
  }

  /** Gives a container that was made for this pod all its mounts, its own ones first. */
  void mountIn(Container container) {
    List<VolumeMount> mounts = new ArrayList<>(container.getVolumeMounts());
    placements.stream()
        .filter(p -> p.isIn(container.getName()))
        .map(Placement::mount)
        .forEach(mounts::add);
    container.setVolumeMounts(mounts);
  }

  private static Placement placement(
      String volume, String path, SubPath subPath, List<String> containers) {
    VolumeMount mount = mount(volume, path);
    if (!subPath.path().isEmpty()) {
      if (subPath.expression()) {
        mount.setSubPathExpr(subPath.path());
      } else {
        mount.setSubPath(subPath.path());
      }
    }
    return new Placement(mount, containers);
  }

  private static VolumeMount mount(String volume, String path) {
    VolumeMount mount = new VolumeMount();
    mount.setName(volume);
    mount.setMountPath(path);
    return mount;
  }

  /**
   * Those of a pooler: the list of its users as a file, and the certificates of the servers.
   *
   * @param userList name of the secret that holds the list
   */
  static PodVolumes ofPooler(Blueprint b, String userList) {
    PodVolumes result = none();
    result.volumes.add(secretVolume(userList, 0));
    VolumeMount file = mount(userList, "/etc/pgbouncer/" + UserLists.KEY);
    file.setSubPath(UserLists.KEY);
    file.setReadOnly(true);
    result.placements.add(new Placement(file, List.of(EVERYWHERE)));
    result.tls(b.spec().server().tls(), List.of(EVERYWHERE));
    return result;
  }

  private void add(Volume volume, String path, SubPath subPath, List<String> containers) {
    volumes.add(volume);
    placements.add(placement(volume.getName(), path, subPath, containers));
  }

  private void memory(String name, String path, List<String> containers) {
    Volume volume = new Volume();
    volume.setName(name);
    volume.setEmptyDir(new EmptyDirVolumeSource("Memory", null));
    add(volume, path, new SubPath("", false), containers);
  }

  private void secret(String name, String path, List<String> containers, int mode) {
    add(secretVolume(name, mode), path, new SubPath("", false), containers);
  }

  /**
   * @param mode of its files; 0 leaves it to Kubernetes
   */
  private static Volume secretVolume(String name, int mode) {
    SecretVolumeSource source = new SecretVolumeSource();
    source.setSecretName(name);
    if (mode != 0) {
      source.setDefaultMode(mode);
    }
    Volume volume = new Volume();
    volume.setName(name);
    volume.setSecret(source);
    return volume;
  }

  private void additionalSecret(Mounts mounts) {
    if (!mounts.additionalSecret().isEmpty()) {
      secret(mounts.additionalSecret(), mounts.additionalSecretPath(), List.of(EVERYWHERE), 0);
    }
  }

  private void additional(List<AdditionalVolume> given) {
    Set<String> paths = new HashSet<>(Set.of(DATA_PATH));
    Set<String> names = new HashSet<>(Set.of(Names.DATA_VOLUME));
    volumes.forEach(v -> names.add(v.getName()));
    for (AdditionalVolume volume : given) {
      if (paths.contains(volume.mountPath())) {
        reject(volume, "something is mounted at " + volume.mountPath() + " already");
      } else if (names.contains(volume.name())) {
        reject(volume, "another volume has that name");
      } else {
        paths.add(volume.mountPath());
        names.add(volume.name());
        List<String> targets =
            volume.targetContainers().isEmpty()
                ? List.of(Names.DATABASE_CONTAINER)
                : volume.targetContainers();
        add(volume.source(), volume.mountPath(), volume.subPath(), targets);
      }
    }
  }

  private void reject(AdditionalVolume volume, String reason) {
    rejected.add("additional volume %s is left out: %s".formatted(volume.name(), reason));
  }

  private void tls(Tls tls, List<String> containers) {
    if (!tls.isOn()) {
      return;
    }
    secret(tls.secretName(), TlsFiles.CERTIFICATES, containers, READABLE_BY_GROUP);
    if (TlsFiles.hasOwnAuthority(tls)) {
      secret(tls.caSecretName(), TlsFiles.AUTHORITY, containers, READABLE_BY_GROUP);
    }
  }
}
