package dev.pgoperator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceWindowTest {

  private static MaintenanceWindow window(String text) {
    return MaintenanceWindow.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "23:00-01:00",
        " 01:00-02:00",
        "1:5-2:00",
        "24:00-24:00",
        "Mon:01:00-Tue:02:00",
        "mon:01:00-02:00",
        ""
      })
  void refusesWhatTheReferenceCannotRead(String text) {
    assertThat(MaintenanceWindow.parse(text)).isEmpty();
  }

  @Test
  void includesBothEnds() {
    MaintenanceWindow window = window("01:00-06:30");
    assertThat(window.contains(Instant.parse("2026-11-22T01:00:00Z"))).isTrue();
    assertThat(window.contains(Instant.parse("2026-11-22T06:30:59Z"))).isTrue();
    assertThat(window.contains(Instant.parse("2026-11-22T06:31:00Z"))).isFalse();
  }

  @Test
  void keepsToItsDay() {
    MaintenanceWindow sunday = window("Sun:01:00-06:30");
    assertThat(sunday.contains(Instant.parse("2026-11-22T02:00:00Z"))).isTrue();
    assertThat(sunday.contains(Instant.parse("2026-11-23T02:00:00Z"))).isFalse();
  }

  @Test
  void opensAtItsNextBeginning() {
    Instant sundayNoon = Instant.parse("2026-11-22T12:00:00Z");
    assertThat(window("13:00-14:00").opens(sundayNoon))
        .isEqualTo(Instant.parse("2026-11-22T13:00:00Z"));
    assertThat(window("12:00-14:00").opens(sundayNoon))
        .isEqualTo(Instant.parse("2026-11-23T12:00:00Z"));
    assertThat(window("Sun:01:00-02:00").opens(sundayNoon))
        .isEqualTo(Instant.parse("2026-11-29T01:00:00Z"));
    assertThat(window("Tue:01:00-02:00").opens(sundayNoon))
        .isEqualTo(Instant.parse("2026-11-24T01:00:00Z"));
  }

  @Test
  void isWrittenWithTwoDigits() {
    assertThat(window("Sat:1:00-2:30")).hasToString("Sat:01:00-02:30");
  }
}
