package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.e2e.bench.FigureBook;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * How long an edit takes to be answered by a first action and to be complete, and how long a writer
 * waits during a planned switchover. For {@code e2e/bench life}; no test of the suite.
 */
@EndToEnd("e2e-bench-life")
class LifeBench {
  private static final boolean QUICK = Boolean.getBoolean("bench.quick");
  private static final Duration LONG = Duration.ofMinutes(4);

  private final Scene scene;
  private final PostgresCluster cluster;
  private final FigureBook book = new FigureBook(Path.of("target", "bench-life.json"));

  LifeBench(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("benched");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.roomy("benched", 3));
    awaitSettled(cluster, 3);
  }

  private static void awaitSettled(PostgresCluster cluster, int pods) {
    cluster.awaitPhase("Running", LONG);
    cluster.awaitRoles(pods, LONG);
    cluster.awaitPhase("Running", LONG);
  }

  private void tell(String what, List<Duration> times) {
    for (int percent : times.size() == 1 ? List.of(100) : List.of(50, 99)) {
      String which = times.size() == 1 ? ", once" : ", p" + percent + " of " + times.size();
      book.tell(1, what + which, (double) Figures.percentile(times, percent).toMillis(), "ms");
    }
  }

  private void measureParameter(String what, String name, List<String> values) {
    List<Duration> first = new ArrayList<>();
    List<Duration> complete = new ArrayList<>();
    List<Duration> running = new ArrayList<>();
    try (var actions = FirstActions.on(scene, cluster)) {
      for (String value : values) {
        actions.await();
        long began = System.nanoTime();
        cluster.editParameter(name, value);
        cluster.awaitEverywhere(name, value, LONG);
        complete.add(Duration.ofNanos(System.nanoTime() - began));
        cluster.awaitPhase("Running", LONG);
        running.add(Duration.ofNanos(System.nanoTime() - began));
        first.add(actions.after());
      }
    }
    tell(what + ", edit to Patroni's new configuration", first);
    tell(what + ", edit to all 3 members having it", complete);
    tell(what + ", edit to Running", running);
  }

  @Test
  @Order(1)
  void reload() {
    measureParameter(
        "reload (work_mem)",
        "work_mem",
        QUICK
            ? List.of("5MB", "6MB")
            : List.of("5MB", "6MB", "7MB", "8MB", "9MB", "10MB", "11MB", "12MB"));
  }

  @Test
  @Order(2)
  void restart() {
    measureParameter(
        "restart (max_connections)",
        "max_connections",
        QUICK ? List.of("90") : List.of("90", "80", "95", "85"));
  }

  @Test
  @Order(3)
  void switchover() {
    List<Duration> gaps = new ArrayList<>();
    try (var rows = cluster.startWriting()) {
      for (int round = 0; round < (QUICK ? 3 : 30); round++) {
        Pod primary = cluster.primary();
        rows.longestGapOfLate();
        cluster.condemn(primary);
        cluster
            .waiting()
            .until("the former primary is another pod", LONG, () -> isReplaced(primary));
        awaitSettled(cluster, 3);
        gaps.add(rows.longestGapOfLate());
      }
      assertThat(rows.lost()).isEmpty();
    }
    tell("planned switchover, longest wait of a writer", gaps);
    assertThat(Figures.percentile(gaps, 99)).isLessThan(Duration.ofSeconds(2));
  }

  private boolean isReplaced(Pod former) {
    String uid = former.getMetadata().getUid();
    return cluster.pods().stream().noneMatch(pod -> pod.getMetadata().getUid().equals(uid));
  }

  @Test
  @Order(4)
  void roll() {
    List<Duration> first = new ArrayList<>();
    List<Duration> complete = new ArrayList<>();
    List<Duration> gaps = new ArrayList<>();
    try (var actions = FirstActions.on(scene, cluster);
        var rows = cluster.startWriting()) {
      for (String value : QUICK ? List.of("40MB") : List.of("40MB", "44MB", "48MB")) {
        rows.longestGapOfLate();
        actions.await();
        long began = System.nanoTime();
        cluster.editParameter("shared_buffers", value);
        cluster.awaitPhase("Running", LONG);
        complete.add(Duration.ofNanos(System.nanoTime() - began));
        first.add(actions.after());
        gaps.add(rows.longestGapOfLate());
      }
      assertThat(rows.lost()).isEmpty();
    }
    tell("roll (shared_buffers), edit to the first pod", first);
    tell("roll (shared_buffers), edit to Running", complete);
    tell("roll (shared_buffers), longest wait of a writer", gaps);
  }

  @Test
  @Order(5)
  void majorUpgrade() {
    scene.create(Manifests.small("aged", 2, "15"));
    PostgresCluster aged = scene.cluster("aged");
    awaitSettled(aged, 2);
    try (var actions = FirstActions.on(scene, aged);
        var rows = aged.startWriting()) {
      actions.await();
      long began = System.nanoTime();
      aged.edit("{\"spec\":{\"postgresql\":{\"version\":\"17\"}}}");
      aged.awaitAnswer(
          "app", "app", "SELECT current_setting('server_version_num')::int / 10000", "17", LONG);
      Duration served = Duration.ofNanos(System.nanoTime() - began);
      aged.awaitPhase("Running", LONG);
      tell("major upgrade 15 to 17, edit to the first pod", List.of(actions.after()));
      tell("major upgrade 15 to 17, edit to 17 answering", List.of(served));
      tell(
          "major upgrade 15 to 17, edit to Running",
          List.of(Duration.ofNanos(System.nanoTime() - began)));
      tell("major upgrade 15 to 17, longest wait of a writer", List.of(rows.longestGap()));
      assertThat(rows.lost()).isEmpty();
    }
  }
}
