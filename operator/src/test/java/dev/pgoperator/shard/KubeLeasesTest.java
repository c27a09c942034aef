package dev.pgoperator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.kube.FakeKube;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Leases as Kubernetes keeps them. */
class KubeLeasesTest {
  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00.123456789Z");

  private final FakeKube kube = new FakeKube();
  private final LeaseNames names = new LeaseNames("postgres-operator");
  private final KubeLeases leases = new KubeLeases(kube, "default", names);

  private static <T> T done(Future<T> future) {
    assertThat(future.succeeded()).isTrue();
    return Objects.requireNonNull(future.result());
  }

  private Lease taken(String pod) {
    Lease fresh = Lease.unstored(names.shard(3));
    return done(leases.store(fresh.with(fresh.term().heldBy(pod, NOW)))).orElseThrow();
  }

  private io.fabric8.kubernetes.api.model.coordination.v1.Lease object() {
    return kube.only(io.fabric8.kubernetes.api.model.coordination.v1.Lease.class);
  }

  @Test
  void itIsAnObjectThatPeopleAndToolsCanRead() {
    taken("pod-a");
    assertThat(object().getMetadata().getName()).isEqualTo("postgres-operator-shard-3");
    assertThat(object().getSpec().getHolderIdentity()).isEqualTo("pod-a");
    assertThat(object().getSpec().getLeaseDurationSeconds()).isEqualTo(15);
    assertThat(Serialization.asJson(object())).contains("2026-03-04T12:00:00.123456Z");
  }

  @Test
  void itIsReadAsItWasWritten() {
    Lease stored = taken("pod-a");
    assertThat(done(leases.list())).isEqualTo(List.of(stored));
    assertThat(stored.term().transitions()).isEqualTo(1);
    assertThat(stored.holder()).isEqualTo("pod-a");
  }

  @Test
  void onlyOneOfTwoWhoHaveSeenTheSameTakesIt() {
    Lease seen = taken("pod-a");
    assertThat(done(leases.store(seen.with(seen.term().heldBy("pod-b", NOW))))).isPresent();
    assertThat(done(leases.store(seen.with(seen.term().heldBy("pod-c", NOW))))).isEmpty();
    assertThat(object().getSpec().getHolderIdentity()).isEqualTo("pod-b");
    assertThat(object().getSpec().getLeaseTransitions()).isEqualTo(2);
  }

  @Test
  void onlyOneOfTwoMakesIt() {
    taken("pod-a");
    Lease fresh = Lease.unstored(names.shard(3));
    assertThat(done(leases.store(fresh.with(fresh.term().heldBy("pod-b", NOW))))).isEmpty();
  }

  /** The API server refuses an empty name. */
  @Test
  void aReleasedOneNamesNobody() {
    Lease seen = taken("pod-a");
    Optional<Lease> released = done(leases.store(seen.with(seen.term().released(NOW))));
    assertThat(released.map(Lease::holder)).contains("");
    assertThat(object().getSpec().getHolderIdentity()).isNull();
  }
}
