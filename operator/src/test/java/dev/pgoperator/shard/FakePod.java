package dev.pgoperator.shard;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One operator process whose syncs take their time to give way. */
final class FakePod {
  final String name;
  final Keeper keeper;
  private final String process;
  private final Simulation simulation;
  private final List<Tenure> tenures = new ArrayList<>();
  private Duration givingWay = Duration.ofMillis(300);
  private int lost;

  /**
   * @param name of the pod, which a container that is started anew has again
   * @param process tells processes of one pod apart
   */
  FakePod(String name, String process, Simulation simulation, FakeLeases leases, Random chance) {
    this.name = name;
    this.process = process;
    this.simulation = simulation;
    Time time = simulation.of(process);
    this.keeper =
        new Keeper(
            leases.of(process),
            new LeaseNames("postgres-operator"),
            new Identity(name),
            new Circumstances(time, () -> Instant.EPOCH.plus(simulation.now()), chance::nextDouble),
            new Shifts() {
              @Override
              public void taken(Tenure tenure) {
                tenures.add(tenure);
              }

              @Override
              public Future<Void> ended(Tenure tenure, End how) {
                lost += how == End.LOST ? 1 : 0;
                Promise<Void> stopped = Promise.promise();
                time.later(givingWay, stopped::complete);
                return stopped.future();
              }
            });
  }

  void giveWayIn(Duration time) {
    givingWay = time;
  }

  /** Whether it would send a write for this shard at this moment. */
  boolean writes(int shard) {
    return tenures.stream().anyMatch(tenure -> tenure.shard() == shard && tenure.open());
  }

  int holds() {
    return keeper.held().size();
  }

  int lost() {
    return lost;
  }

  void freeze() {
    simulation.freeze(process);
  }

  void wake() {
    simulation.wake(process);
  }

  void kill() {
    simulation.kill(process);
  }
}
