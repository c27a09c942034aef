package dev.pgoperator.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pace.Limits;
import dev.pgoperator.pace.Permits;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is shown of what clusters share. */
class TelemetryTest {
  private final Telemetry telemetry = Telemetry.start();

  /** Kept, because gauges do not hold what they look at. */
  private final Limits limits = new Limits(new Permits(16), new Permits(3), new Permits(50));

  @AfterEach
  void close() throws Exception {
    telemetry.vertx().close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void placesRoomsAsideAndSessionsAreShown() {
    telemetry.watch(limits);
    assertThat(limits.aside().ifFree()).isPresent();

    assertThat(telemetry.registry().scrape())
        .contains(
            "pgoperator_permits_free{of=\"syncs\"} 16.0",
            "pgoperator_permits_free{of=\"aside\"} 2.0",
            "pgoperator_permits_free{of=\"sessions\"} 50.0",
            "pgoperator_permits_waiting{of=\"syncs\"} 0.0",
            "pgoperator_permits_waiting{of=\"sessions\"} 0.0")
        .as("nobody queues for a room aside")
        .doesNotContain("pgoperator_permits_waiting{of=\"aside\"}");
  }
}
