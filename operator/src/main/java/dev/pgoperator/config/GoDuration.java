package dev.pgoperator.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them: {@code 1h30m}, {@code 1.5s}, {@code 500ms}; only a zero may go
 * without a unit.
 */
final class GoDuration {

  private static final Pattern PART =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{0,9})?|\\.\\d{1,9})(ns|us|µs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher m = PART.matcher(text);
    BigDecimal total = BigDecimal.ZERO;
    int end = 0;
    while (m.find() && m.start() == end) {
      long unit = NANOS.getOrDefault(m.group(2), 0L);
      total = total.add(new BigDecimal("0" + m.group(1)).multiply(BigDecimal.valueOf(unit)));
      end = m.end();
    }
    boolean whole = end == text.length() && end > 0;
    return whole && total.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0
        ? Optional.of(Duration.ofNanos(total.longValue()))
        : Optional.empty();
  }
}
