package dev.pgoperator.pg;

import io.vertx.pgclient.PgException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells what the driver's exceptions mean. */
final class Failures {
  /** Query canceled: by {@code statement_timeout}, the only one of us that cancels. */
  private static final String CANCELED = "57014";

  private static final String READ_ONLY_TRANSACTION = "25006";

  /**
   * Too many connections. The class 57P0x (shutdown, crash, starting up) and 08 (connection) count
   * as well.
   */
  private static final Set<String> FULL = Set.of("53300");

  private Failures() {}

  static PgFailure of(Throwable cause, String doing) {
    return switch (cause) {
      case PgFailure known -> known;
      case PgException refused -> ofState(refused, doing);
      case TimeoutException _ -> new PgFailure.TimedOut(doing + ": no answer in time");
      default -> new PgFailure.Unreachable(doing + ": " + words(cause));
    };
  }

  private static PgFailure ofState(PgException refused, String doing) {
    String state = refused.getSqlState();
    String message = doing + ": " + refused.getErrorMessage() + " (SQLSTATE " + state + ")";
    if (state == null) {
      return new PgFailure.Unreachable(doing + ": " + refused.getErrorMessage());
    }
    if (state.startsWith("28")) {
      return new PgFailure.LoginRejected(message);
    }
    if (state.equals(READ_ONLY_TRANSACTION)) {
      return new PgFailure.ReadOnly(message);
    }
    if (state.equals(CANCELED)) {
      return new PgFailure.TimedOut(message);
    }
    if (state.startsWith("08") || state.startsWith("57P") || FULL.contains(state)) {
      return new PgFailure.Unreachable(message);
    }
    return new PgFailure.StatementFailed(state, message);
  }

  private static String words(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
