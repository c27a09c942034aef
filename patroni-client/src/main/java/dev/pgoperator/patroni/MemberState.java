package dev.pgoperator.patroni;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What PostgreSQL is doing at a member, as Patroni says it. */
public sealed interface MemberState {

  /** The state in Patroni's own words, for people to read. */
  String text();

  /** Whether PostgreSQL runs there: plainly, streaming, or catching up from an archive. */
  default boolean runs() {
    return this == Known.RUNNING || this == Known.STREAMING || this == Known.IN_ARCHIVE_RECOVERY;
  }

  /** A state that this version knows; the words are those of Patroni 4. */
  enum Known implements MemberState {
    RUNNING("running"),
    /** A running replica that receives the WAL of its leader. */
    STREAMING("streaming"),
    /** A running replica that reads WAL from an archive. */
    IN_ARCHIVE_RECOVERY("in archive recovery"),
    STARTING("starting"),
    STOPPING("stopping"),
    STOPPED("stopped"),
    RESTARTING("restarting"),
    CRASHED("crashed"),
    /** A new replica copies its data; it has no data directory to speak of. */
    CREATING_REPLICA("creating replica"),
    INITIALIZING("initializing new cluster"),
    CUSTOM_BOOTSTRAP("running custom bootstrap script"),
    STARTING_AFTER_BOOTSTRAP("starting after custom bootstrap"),
    INITIALIZING_FAILED("initdb failed"),
    CUSTOM_BOOTSTRAP_FAILED("custom bootstrap failed"),
    START_FAILED("start failed"),
    STOP_FAILED("stop failed"),
    RESTART_FAILED("restart failed");

    private static final Map<String, MemberState> BY_TEXT =
        Stream.of(values()).collect(Collectors.toUnmodifiableMap(Known::text, Function.identity()));

    private final String text;

    Known(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  /** A state that this version does not know, or none at all (then the text is empty). */
  record Unknown(String text) implements MemberState {}

  /** Reads Patroni's words; never fails. */
  static MemberState parse(String text) {
    MemberState known = Known.BY_TEXT.get(text);
    return known == null ? new Unknown(text) : known;
  }
}
