package dev.pgoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One word for why a pod does not run. */
class PodTroubleTest {

  private static Pod waiting(String reason, boolean endedBefore) {
    var status =
        new PodBuilder()
            .withNewStatus()
            .addNewContainerStatus()
            .withNewState()
            .withNewWaiting()
            .withReason(reason)
            .endWaiting()
            .endState();
    if (endedBefore) {
      status.withNewLastState().withNewTerminated().withExitCode(1).endTerminated().endLastState();
    }
    return status.endContainerStatus().endStatus().build();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "nothing",
      value = {
        "ErrImagePull, false, ErrImagePull",
        "ContainerCreating, false, ''",
        "PodInitializing, true, ''",
        "CrashLoopBackOff, true, CrashLoopBackOff",
        "RunContainerError, false, RunContainerError",
        "CreateContainerError, false, CreateContainerError",
        "RunContainerError, true, CrashLoopBackOff",
        "CreateContainerError, true, CrashLoopBackOff",
      })
  void aContainerThatCrashesAgainAndAgainIsOneThingOnly(
      String reason, boolean endedBefore, String trouble) {
    assertThat(PodTrouble.of(waiting(reason, endedBefore))).isEqualTo(trouble);
  }

  @Test
  void aPodThatHasNoNodeSaysSoAndAnotherHasNoTrouble() {
    Pod unscheduled =
        new PodBuilder()
            .withNewStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .endCondition()
            .endStatus()
            .build();
    assertThat(PodTrouble.of(unscheduled)).isEqualTo("Unschedulable");
    assertThat(PodTrouble.of(new Pod())).isEmpty();
  }
}
