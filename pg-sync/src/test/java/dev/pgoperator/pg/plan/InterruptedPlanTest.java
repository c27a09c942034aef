package dev.pgoperator.pg.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the server has and whatever is wanted: stopping after any change and planning anew leads
 * to the same end.
 */
class InterruptedPlanTest {

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyPrefixConverges(long seed) {
    var generated = new Generated(seed);
    World start = generated.world();
    Desired desired = generated.desired();
    List<Change> changes = start.plan(desired).changes();
    World end = applied(start, changes);

    assertThat(end.plan(desired).changes()).as("a second plan").isEmpty();
    for (int cut = 0; cut < changes.size(); cut++) {
      World interrupted = applied(start, changes.subList(0, cut));
      World resumed = applied(interrupted, interrupted.plan(desired).changes());
      assertThat(resumed.state())
          .as("resumed after %s of %s", cut, changes.size())
          .isEqualTo(end.state());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingThatIsNotNamedGoes(long seed) {
    var generated = new Generated(seed);
    World start = generated.world();
    Desired desired = generated.desired();

    World end = applied(start, start.plan(desired).changes());

    assertThat(end.databases.keySet()).containsAll(start.databases.keySet());
    start.databases.forEach(
        (name, before) -> {
          ObservedDatabase after = end.database(name);
          assertThat(after.schemas()).containsAll(before.schemas());
          assertThat(after.extensions().keySet()).containsAll(before.extensions().keySet());
        });
    Departures departures = desired.departures();
    if (departures.suffix().isEmpty() && departures.rotated().isEmpty()) {
      start.roles.forEach(
          (name, before) -> assertThat(end.role(name).memberOf()).containsAll(before.memberOf()));
    }
  }

  private static World applied(World world, List<Change> changes) {
    World copy = world.copy();
    changes.forEach(copy::apply);
    return copy;
  }
}
