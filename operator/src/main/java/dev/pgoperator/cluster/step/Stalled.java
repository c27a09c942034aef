package dev.pgoperator.cluster.step;

import dev.pgoperator.api.ClusterStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A replica that does not stream, and since when it has been seen so without a break. Pure. Its
 * text is read back from the status: that outlives the operator, so what was told stays told.
 */
record Stalled(String pod, Instant since) {
  private static final String SINCE = " has not streamed from the primary since ";
  private static final String ADVICE = "; its own log says why";
  private static final Pattern TEXT =
      Pattern.compile("(\\S+)" + Pattern.quote(SINCE) + "(\\S+)" + Pattern.quote(ADVICE));

  String text() {
    return pod + SINCE + since.truncatedTo(ChronoUnit.SECONDS) + ADVICE;
  }

  /** The pod of this name as a status tells of it, if it does. */
  static Optional<Stalled> told(ClusterStatus status, String pod) {
    return status.conditions().stream()
        .flatMap(one -> Stream.ofNullable(one.getMessage()))
        .flatMap(message -> TEXT.matcher(message).results())
        .filter(found -> found.group(1).equals(pod))
        .flatMap(found -> time(found.group(2)).stream())
        .map(since -> new Stalled(pod, since))
        .findFirst();
  }

  /** Nothing of what people may have written into a status, but that is no time. */
  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException otherText) {
      return Optional.empty();
    }
  }
}
