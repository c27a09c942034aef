package dev.pgoperator.model;

import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.SecretText;
import dev.pgoperator.cloud.Ec2Disks;
import dev.pgoperator.cluster.step.Chronicle;
import dev.pgoperator.cluster.step.ComparePods;
import dev.pgoperator.cluster.step.Journal;
import dev.pgoperator.cluster.step.Memory;
import dev.pgoperator.cluster.step.Outcome;
import dev.pgoperator.cluster.step.Ports;
import dev.pgoperator.cluster.step.Step;
import dev.pgoperator.cluster.step.SyncBudgets;
import dev.pgoperator.cluster.step.SyncContext;
import dev.pgoperator.cluster.step.SyncLogicalBackup;
import dev.pgoperator.cluster.step.SyncPodAccount;
import dev.pgoperator.cluster.step.SyncSecrets;
import dev.pgoperator.cluster.step.SyncServices;
import dev.pgoperator.cluster.step.SyncStatefulSet;
import dev.pgoperator.cluster.step.Turn;
import dev.pgoperator.kube.FakeKube;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.pace.Claim;
import dev.pgoperator.pace.Limits;
import dev.pgoperator.patroni.PatroniHttp;
import dev.pgoperator.patroni.PatroniTimeouts;
import dev.pgoperator.pg.PgSync;
import dev.pgoperator.pg.PgTimeouts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the model costs for one cluster with a complete manifest (case v02-complete): its twenty
 * objects, and their comparison with those that a Kubernetes API server returned.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ModelBench {
  /** Those that make objects and need no database and no other secret. */
  private static final List<Step> STEPS =
      List.of(
          new SyncPodAccount(),
          new SyncServices(),
          new SyncSecrets(),
          new SyncBudgets(),
          new ComparePods(),
          new SyncStatefulSet(),
          new SyncLogicalBackup());

  private final Blueprint blueprint =
      Fixture.blueprint(Fixture.CONFORMANCE.resolve("v02-complete"));
  private final SecretText password = new SecretText("x");
  private final Vertx vertx = Vertx.vertx();
  private final SyncContext context = context();
  private final List<HasMetadata> live = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();

  /** What the API server returned, and the hashes that the watches made of it. */
  @Setup
  public void readLive() {
    for (HasMetadata object : desired()) {
      HasMetadata stored = Live.of(object);
      live.add(stored);
      seen.add(Projection.hashOfOwned(stored));
    }
  }

  /** An operator whose watches have delivered all objects of the cluster. */
  private SyncContext context() {
    var kube = new FakeKube();
    var inventory = new Inventory(Projection::hashOfOwned);
    for (HasMetadata object : DesiredObjects.of(blueprint, password).values()) {
      kube.apply(object).onSuccess(stored -> inventory.note(stored, blueprint.id()));
    }
    var ports =
        new Ports(
            kube,
            inventory,
            new Ports.Servers(
                new PatroniHttp(vertx, PatroniTimeouts.defaults()),
                new PgSync(vertx, PgTimeouts.DEFAULT)),
            new Ec2Disks(vertx),
            InstantSource.system(),
            Chronicle.SILENT);
    var memory = new Memory();
    memory.follow(blueprint);
    var journal =
        new Journal(kube, ports.clock(), blueprint.id(), blueprint.cluster().origin().version());
    return new SyncContext(
        blueprint,
        ports,
        memory,
        journal,
        new SyncContext.Errand(
            false,
            SyncContext.Demand.EDIT,
            new Turn(new Limits(1, 1), Claim.NOBODY, () -> false),
            ClusterStatus.NONE));
  }

  /** Lets the process end. */
  @TearDown
  public void close() {
    vertx.close();
  }

  /** Making the objects. */
  @Benchmark
  public Collection<HasMetadata> desired() {
    return DesiredObjects.of(blueprint, password).values();
  }

  /**
   * What a sync of an unchanged cluster does: making the objects and comparing their hashes with
   * those that the watches have left.
   */
  @Benchmark
  public int desiredAndComparedByHash() {
    int differing = 0;
    int i = 0;
    for (HasMetadata object : desired()) {
      differing += Projection.hash(object).equals(seen.get(i++)) ? 0 : 1;
    }
    return differing;
  }

  /** What a sync does where the hashes differ: every field is explained. */
  @Benchmark
  public int desiredAndComparedByField() {
    int differences = 0;
    int i = 0;
    for (HasMetadata object : desired()) {
      differences += Drift.compare(object, live.get(i++)).size();
    }
    return differences;
  }

  /**
   * The same for a cluster that was compared before, as by a periodic sync: the objects are derived
   * again only when the manifest or the configuration has changed.
   */
  @Benchmark
  public List<Outcome> comparedAgain() {
    return STEPS.stream().map(step -> step.run(context)).toList();
  }

  /** What each event of a watch costs: the hash over the fields that are ours. */
  @Benchmark
  public int hashesOfLiveObjects() {
    int length = 0;
    for (HasMetadata object : live) {
      length += Projection.hashOfOwned(object).length();
    }
    return length;
  }
}
