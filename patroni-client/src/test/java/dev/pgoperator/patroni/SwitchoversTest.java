package dev.pgoperator.patroni;

import static dev.pgoperator.patroni.SynchronousMode.OFF;
import static dev.pgoperator.patroni.SynchronousMode.ON;
import static dev.pgoperator.patroni.SynchronousMode.QUORUM;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SwitchoversTest {
  private final FakeCluster fake =
      FakeCluster.named("demo")
          .primary("demo-0", "10.0.0.1")
          .replica("demo-1", "10.0.0.2")
          .replica("demo-2", "10.0.0.3");

  @Test
  void theReplicaWithTheSmallestLagTakesOver() {
    fake.lags("demo-1", 2048).lags("demo-2", 1024);

    assertThat(chosen(OFF)).isEqualTo("demo-2");
  }

  @Test
  void aLagWrittenAsTextIsANumberToo() {
    fake.lags("demo-1", "2048").lags("demo-2", "1024");

    assertThat(chosen(OFF)).isEqualTo("demo-2");
  }

  @Test
  void anUnknownLagIsTheLastResort() {
    fake.lags("demo-1", "unknown").lags("demo-2", 1_000_000_000);
    assertThat(chosen(OFF)).isEqualTo("demo-2");

    fake.becomes("demo-2", "replica", "stopped");
    assertThat(chosen(OFF)).isEqualTo("demo-1");
  }

  @Test
  void equalReplicasAreTakenByName() {
    assertThat(chosen(OFF)).isEqualTo("demo-1");
  }

  @Test
  void aSynchronousStandbyGoesBeforeASmallerLag() {
    fake.becomes("demo-2", "sync_standby", "running").lags("demo-2", 4096);

    assertThat(chosen(OFF)).isEqualTo("demo-2");
    assertThat(chosen(ON)).isEqualTo("demo-2");
  }

  @Test
  void inSynchronousModeNoOtherReplicaIsTaken() {
    assertThat(chosen(ON))
        .isEqualTo("synchronous mode is on and no synchronous standby is fit to lead");
  }

  @Test
  void quorumStandbysCountInQuorumModeOnly() {
    fake.becomes("demo-2", "quorum_standby", "running");

    assertThat(chosen(QUORUM)).isEqualTo("demo-2");
    assertThat(chosen(ON)).startsWith("synchronous mode is on");
  }

  @Test
  void replicasThatDoNotRunAreLeftOut() {
    fake.becomes("demo-1", "replica", "starting").becomes("demo-2", "replica", "start failed");

    assertThat(chosen(OFF)).isEqualTo("no replica is running and allowed to lead");
  }

  @Test
  void aReplicaInArchiveRecoveryRuns() {
    fake.becomes("demo-1", "replica", "in archive recovery").lags("demo-2", 1024);

    assertThat(chosen(OFF)).isEqualTo("demo-1");
  }

  @Test
  void membersTaggedNeverToLeadAreLeftOut() {
    fake.tagged("demo-1", "nofailover", true);
    assertThat(chosen(OFF)).isEqualTo("demo-2");

    fake.tagged("demo-2", "failover_priority", 0);
    assertThat(chosen(OFF)).isEqualTo("no replica is running and allowed to lead");
  }

  @Test
  void theCallerMayAllowOnlySome() {
    var candidate = Switchovers.candidate(cluster(), OFF, member -> member.name().equals("demo-2"));

    assertThat(text(candidate)).isEqualTo("demo-2");
  }

  @Test
  void aLoneLeaderHasNoCandidate() {
    fake.remove("demo-1").remove("demo-2");

    assertThat(chosen(OFF)).isEqualTo("the cluster has no replica");
  }

  @Test
  void aStandbyLeaderIsNoCandidate() {
    fake.becomes("demo-0", "standby_leader", "streaming").remove("demo-1").remove("demo-2");

    assertThat(chosen(OFF)).isEqualTo("the cluster has no replica");
  }

  private String chosen(SynchronousMode mode) {
    return text(Switchovers.candidate(cluster(), mode));
  }

  private ClusterState cluster() {
    return ClusterState.parse(new LenientJson(fake.topology()));
  }

  private static String text(Switchovers.Candidate candidate) {
    return switch (candidate) {
      case Switchovers.Candidate.Found found -> found.member().name();
      case Switchovers.Candidate.None none -> none.reason();
    };
  }
}
