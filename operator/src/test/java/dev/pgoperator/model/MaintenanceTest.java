package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether now is the time. */
class MaintenanceTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String OWN = "  maintenanceWindows: ['11:00-13:00']\n";
  private static final Map<String, String> LATE = Map.of("maintenance_windows", "22:00-23:00");

  private static Maintenance of(String spec, Map<String, String> options) {
    return Maintenance.of(Blueprints.of(spec, options), NOON);
  }

  @Test
  void withoutWindowsItAlwaysIs() {
    assertThat(of("", Map.of())).isEqualTo(new Maintenance.Open());
  }

  @Test
  void theManifestsWindowsGoBeforeThoseOfTheConfiguration() {
    assertThat(of(OWN, LATE)).isEqualTo(new Maintenance.Open());
    assertThat(of("", LATE))
        .isEqualTo(new Maintenance.Closed(Optional.of(Instant.parse("2026-11-22T22:00:00Z"))));
  }

  @Test
  void theyCanBeSwitchedOff() {
    assertThat(
            of(
                "",
                Map.of(
                    "maintenance_windows", "22:00-23:00", "enable_maintenance_windows", "false")))
        .isEqualTo(new Maintenance.Open());
  }

  @Test
  void theNextOneOfSeveralCounts() {
    assertThat(of("  maintenanceWindows: ['Mon:01:00-02:00', 'Sun:18:00-19:00']\n", Map.of()))
        .isEqualTo(new Maintenance.Closed(Optional.of(Instant.parse("2026-11-22T18:00:00Z"))));
  }
}
