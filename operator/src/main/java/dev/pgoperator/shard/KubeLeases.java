package dev.pgoperator.shard;

import dev.pgoperator.kube.Kube;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leases as objects of {@code coordination.k8s.io/v1} in the operator's namespace. */
public final class KubeLeases implements Leases {
  private static final String LABEL = "pgoperator.dev/leases-of";

  private final Kube kube;
  private final String namespace;
  private final Map<String, String> labels;

  /**
   * @param kube without a fence, and with places of its own: a lease must not wait behind the work
   *     that depends on it
   */
  public KubeLeases(Kube kube, String namespace, LeaseNames names) {
    this.kube = kube;
    this.namespace = namespace;
    this.labels = Map.of(LABEL, names.prefix());
  }

  @Override
  public Future<List<Lease>> list() {
    return kube.list(io.fabric8.kubernetes.api.model.coordination.v1.Lease.class, namespace, labels)
        .map(found -> found.stream().map(KubeLeases::read).toList());
  }

  @Override
  public Future<Optional<Lease>> store(Lease changed) {
    var object = write(changed);
    Future<Optional<io.fabric8.kubernetes.api.model.coordination.v1.Lease>> stored =
        changed.isStored() ? kube.replace(object) : kube.createIfAbsent(object);
    return stored.map(found -> found.map(KubeLeases::read));
  }

  @Override
  public Future<Void> delete(Lease lease) {
    return kube.deleteExactly(
        io.fabric8.kubernetes.api.model.coordination.v1.Lease.class,
        namespace,
        lease.name(),
        lease.uid());
  }

  private io.fabric8.kubernetes.api.model.coordination.v1.Lease write(Lease lease) {
    var meta =
        new ObjectMetaBuilder().withNamespace(namespace).withName(lease.name()).withLabels(labels);
    var spec = new LeaseBuilder().withNewSpec();
    spec.withLeaseDurationSeconds((int) Terms.LEASE.toSeconds())
        .withLeaseTransitions(lease.term().transitions())
        .withRenewTime(
            lease.term().renewed().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC));
    if (!lease.holder().isEmpty()) {
      spec.withHolderIdentity(lease.holder()); // the API server refuses an empty one
    }
    if (lease.isStored()) {
      meta.withResourceVersion(lease.version()).withUid(lease.uid());
    }
    return spec.endSpec().withMetadata(meta.build()).build();
  }

  private static Lease read(io.fabric8.kubernetes.api.model.coordination.v1.Lease object) {
    ObjectMeta meta = object.getMetadata();
    LeaseSpec spec = Optional.ofNullable(object.getSpec()).orElseGet(LeaseSpec::new);
    return new Lease(
        meta.getName(),
        new Lease.Term(
            Optional.ofNullable(spec.getHolderIdentity()).orElse(""),
            Optional.ofNullable(spec.getRenewTime())
                .map(time -> time.toInstant())
                .orElse(Instant.EPOCH),
            Optional.ofNullable(spec.getLeaseTransitions()).orElse(0)),
        meta.getResourceVersion(),
        meta.getUid());
  }
}
