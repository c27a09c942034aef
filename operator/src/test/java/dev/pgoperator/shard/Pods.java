package dev.pgoperator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Pods over a server with leases, in virtual time. After every single step it is checked that no
 * two pods would write for one shard.
 */
final class Pods {
  final Random chance = new Random(7);
  final Simulation simulation = new Simulation();
  final FakeLeases leases = new FakeLeases(simulation, chance);

  /** Those that are watched; a test takes dead ones out. */
  final List<FakePod> all = new ArrayList<>();

  private final Map<Integer, Duration> lastHeld = new HashMap<>();
  private Duration longestGap = Duration.ZERO;

  Pods() {
    simulation.afterEachStep(this::check);
  }

  private void check() {
    for (int shard : Shards.all()) {
      List<FakePod> writing = all.stream().filter(pod -> pod.writes(shard)).toList();
      if (writing.size() > 1) {
        throw new AssertionError(
            writing.stream().map(pod -> pod.name).toList() + " write for shard " + shard);
      }
      Duration gap = simulation.now().minus(lastHeld.getOrDefault(shard, simulation.now()));
      longestGap = gap.compareTo(longestGap) > 0 ? gap : longestGap;
      if (!writing.isEmpty() || !lastHeld.containsKey(shard)) {
        lastHeld.put(shard, simulation.now());
      }
    }
  }

  /** A pod that knows the world. */
  FakePod pod(String name) {
    FakePod pod = starting(name, name);
    pod.keeper.ready();
    return pod;
  }

  /** A process of a pod that does not know the world yet. */
  FakePod starting(String name, String process) {
    FakePod pod = new FakePod(name, process, simulation, leases, chance);
    all.add(pod);
    pod.keeper.start();
    return pod;
  }

  void dies(FakePod pod) {
    pod.kill();
    all.remove(pod);
  }

  void pass(int seconds) {
    simulation.pass(Duration.ofSeconds(seconds));
  }

  void passMillis(long millis) {
    simulation.pass(Duration.ofMillis(millis));
  }

  /** From now on only what comes counts for {@link #longestGap}. */
  void forgetGaps() {
    longestGap = Duration.ZERO;
  }

  /** For how long nobody wrote for a shard that somebody had written for, at most. */
  Duration longestGap() {
    return longestGap;
  }

  int lost() {
    return all.stream().mapToInt(FakePod::lost).sum();
  }

  void hold(Integer... shards) {
    assertThat(all.stream().map(FakePod::holds)).containsExactlyInAnyOrder(shards);
  }
}
