package dev.pgoperator.model;

import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.HasMetadata;
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

/**
 * What the model costs for one cluster with a complete manifest (case v02-complete): its thirteen
 * objects, and their comparison with those that a Kubernetes API server returned.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ModelBench {

  private final Blueprint blueprint =
      Fixture.blueprint(Fixture.CONFORMANCE.resolve("v02-complete"));
  private final SecretText password = new SecretText("x");
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
