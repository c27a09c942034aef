package dev.pgoperator.shard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * What the keeper gets from its surroundings.
 *
 * @param time monotonic time and timers
 * @param clock for what people read in a lease; nothing is decided by it
 * @param chance numbers from 0 to 1
 */
public record Circumstances(Time time, InstantSource clock, DoubleSupplier chance) {

  Duration now() {
    return time.now();
  }

  Duration jittered(Duration duration) {
    return Terms.jittered(duration, chance.getAsDouble());
  }
}
