package dev.pgoperator.api;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of the day, on one weekday or on every day, in which disturbing work is welcome. Times are
 * UTC and both ends belong to it (api.md §3.6).
 *
 * @param day empty for every day
 */
public record MaintenanceWindow(Optional<DayOfWeek> day, LocalTime start, LocalTime end) {

  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun):)?([01]?\\d|2[0-3]):([0-5]\\d)-([01]?\\d|2[0-3]):([0-5]\\d)");

  /**
   * Reads {@code Sun:01:00-06:30} or {@code 22:15-23:45}; empty when it is not of this form or ends
   * before it starts.
   */
  public static Optional<MaintenanceWindow> parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    Optional<DayOfWeek> day =
        Optional.ofNullable(m.group(1)).map(d -> DayOfWeek.of(DAYS.indexOf(d) + 1));
    LocalTime start = time(m.group(2), m.group(3));
    LocalTime end = time(m.group(4), m.group(5));
    return end.isBefore(start)
        ? Optional.empty()
        : Optional.of(new MaintenanceWindow(day, start, end));
  }

  private static LocalTime time(String hour, String minute) {
    return LocalTime.of(Integer.parseInt(hour), Integer.parseInt(minute));
  }

  /** Compares whole minutes, so that the last minute counts until its end. */
  public boolean contains(Instant moment) {
    OffsetDateTime utc = moment.atOffset(ZoneOffset.UTC);
    LocalTime minute = LocalTime.of(utc.getHour(), utc.getMinute());
    return day.map(d -> d == utc.getDayOfWeek()).orElse(true)
        && !minute.isBefore(start)
        && !minute.isAfter(end);
  }

  /** When it opens next, after {@code now}. */
  public Instant opens(Instant now) {
    OffsetDateTime utc = now.atOffset(ZoneOffset.UTC);
    for (int days = 0; days <= 7; days++) {
      OffsetDateTime opening =
          utc.toLocalDate().plusDays(days).atTime(start).atOffset(ZoneOffset.UTC);
      boolean onItsDay = day.map(d -> d == opening.getDayOfWeek()).orElse(true);
      if (onItsDay && opening.isAfter(utc)) {
        return opening.toInstant();
      }
    }
    throw new IllegalStateException("a week has every weekday");
  }

  @Override
  public String toString() {
    return day.map(d -> DAYS.get(d.getValue() - 1) + ":").orElse("") + start + "-" + end;
  }
}
