package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Problem;
import dev.pgoperator.cluster.step.Outcome;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReportTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final StepResult DONE = new StepResult.Ended("services", Outcome.done());
  private static final StepResult WAITS =
      new StepResult.Ended(
          "pods",
          new Outcome.RetryAfter(Duration.ofSeconds(1), "PodsNotReady", "1 of 2 pods are ready"));
  private static final StepResult STOPPED = new StepResult.Failed("secrets", true, "refused");
  private static final StepResult ROLE_FAILED =
      new StepResult.Failed("database", false, "no such role");

  private static ClusterStatus after(
      ClusterStatus before, long generation, Instant now, StepResult... results) {
    return report(before, generation, now).after(Occasion.of(before, generation), List.of(results));
  }

  private static StatusReport report(ClusterStatus before, long generation, Instant now) {
    return new StatusReport(new Conditions(before, generation, now), List.of());
  }

  private static String condition(ClusterStatus status, String type) {
    Condition found =
        status.conditions().stream()
            .filter(c -> c.getType().equals(type))
            .findFirst()
            .orElseThrow();
    return found.getStatus() + " " + found.getReason();
  }

  @Test
  void aCreationGoesFromCreatingToRunning() {
    ClusterStatus begun = report(ClusterStatus.NONE, 1, NOON).underWay(Occasion.CREATION);
    assertThat(begun.phase()).isEqualTo("Creating");
    ClusterStatus waiting = after(begun, 1, NOON, DONE, WAITS);
    assertThat(waiting.phase()).isEqualTo("Creating");
    assertThat(condition(waiting, "Ready")).isEqualTo("False PodsNotReady");
    assertThat(condition(waiting, "Progressing")).isEqualTo("True Creating");
    ClusterStatus running = after(waiting, 1, NOON, DONE);
    assertThat(running.phase()).isEqualTo("Running");
    assertThat(running.observedGeneration()).isEqualTo(1);
    assertThat(condition(running, "Ready")).isEqualTo("True AllPodsReady");
    assertThat(condition(running, "Progressing")).isEqualTo("False Settled");
  }

  @Test
  void aFailureHasTheWordOfItsOccasion() {
    ClusterStatus running = after(ClusterStatus.NONE, 1, NOON, DONE);
    assertThat(after(ClusterStatus.NONE, 1, NOON, STOPPED).phase()).isEqualTo("CreateFailed");
    assertThat(after(running, 2, NOON, STOPPED).phase()).isEqualTo("UpdateFailed");
    assertThat(after(running, 1, NOON, STOPPED).phase()).isEqualTo("SyncFailed");
    assertThat(condition(after(running, 1, NOON, STOPPED), "Ready"))
        .as("what was known of the pods stays, because nobody looked")
        .isEqualTo("True AllPodsReady");
  }

  @Test
  void aRoleThatFailsInRoutineLeavesTheClusterRunningAndSaysSo() {
    ClusterStatus running = after(ClusterStatus.NONE, 1, NOON, DONE);
    ClusterStatus troubled = after(running, 1, NOON, DONE, ROLE_FAILED);
    assertThat(troubled.phase()).isEqualTo("Running");
    assertThat(condition(troubled, "Progressing")).isEqualTo("False StepFailed");
    assertThat(after(running, 2, NOON, ROLE_FAILED).phase()).isEqualTo("UpdateFailed");
  }

  @Test
  void aLostPodOfARunningClusterShowsInTheConditionsOnly() {
    ClusterStatus running = after(ClusterStatus.NONE, 1, NOON, DONE);
    ClusterStatus lost = after(running, 1, NOON.plusSeconds(60), DONE, WAITS);
    assertThat(lost.phase()).isEqualTo("Running");
    assertThat(condition(lost, "Ready")).isEqualTo("False PodsNotReady");
  }

  @Test
  void transitionTimesMoveOnlyWhenAConditionTurns() {
    ClusterStatus running = after(ClusterStatus.NONE, 1, NOON, DONE);
    ClusterStatus later = after(running, 1, NOON.plusSeconds(60), DONE);
    assertThat(later.conditions())
        .extracting(Condition::getLastTransitionTime)
        .containsOnly("2026-01-01T12:00:00Z");
    ClusterStatus lost = after(later, 1, NOON.plusSeconds(120), WAITS);
    assertThat(lost.conditions())
        .extracting(Condition::getLastTransitionTime)
        .containsOnly("2026-01-01T12:02:00Z");
  }

  @Test
  void aMalformedManifestIsInvalidAndNamesTheField() {
    var problem =
        new Problem("spec.maintenanceWindows[0]", "23:00-01:00", "an end after the start");
    ClusterStatus invalid = report(ClusterStatus.NONE, 3, NOON).invalid(List.of(problem));
    assertThat(invalid.phase()).isEqualTo("Invalid");
    assertThat(invalid.conditions())
        .allSatisfy(c -> assertThat(c.getMessage()).contains("spec.maintenanceWindows[0]"));
    assertThat(Occasion.of(invalid, 4))
        .as("a repaired manifest is an edit")
        .isEqualTo(Occasion.EDIT);
  }

  @Test
  void aPartThatIsMissingIsSaidWhileTheClusterIsRunning() {
    ClusterStatus status = after(ClusterStatus.NONE, 1, NOON, DONE, hindered("no such kind"));
    assertThat(status.phase()).isEqualTo("Running");
    assertThat(condition(status, "Ready")).isEqualTo("True AllPodsReady");
    assertThat(condition(status, "Complete")).isEqualTo("False NotInstalled");

    ClusterStatus begun = report(status, 2, NOON).underWay(Occasion.EDIT);
    assertThat(condition(begun, "Complete")).isEqualTo("False NotInstalled");
    assertThat(after(begun, 2, NOON, DONE).conditions())
        .extracting(Condition::getType)
        .doesNotContain("Complete");
  }

  @Test
  void whatTheStatusSaysIsMissingIsKnownFromItInTheSameWords() {
    ClusterStatus status =
        after(ClusterStatus.NONE, 1, NOON, DONE, hindered("no room; ask us"), hindered("no kind"));
    assertThat(StatusReport.saysMissing(status, "no room; ask us")).isTrue();
    assertThat(StatusReport.saysMissing(status, "no kind")).isTrue();
    assertThat(StatusReport.saysMissing(status, "no")).isFalse();
    assertThat(StatusReport.saysMissing(ClusterStatus.NONE, "no kind")).isFalse();
  }

  private static StepResult hindered(String why) {
    return new StepResult.Ended(
        "streams", new Outcome.Hindered(Duration.ofMinutes(1), "NotInstalled", why));
  }
}
