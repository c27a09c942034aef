package dev.pgoperator.pg;

/**
 * Why talking to a server failed. Messages hold host names, SQLSTATEs and the server's words, never
 * a password or verifier; causes are not chained, because the driver's exceptions may quote
 * statements.
 */
public abstract sealed class PgFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PgFailure(String message) {
    super(message);
  }

  /**
   * No server there, the connection broke, or the server is starting, stopping or full. Worth a
   * retry.
   */
  public static final class Unreachable extends PgFailure {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
      super(message);
    }
  }

  /** A deadline of {@link PgTimeouts} passed. Worth a retry. */
  public static final class TimedOut extends PgFailure {
    private static final long serialVersionUID = 1L;

    TimedOut(String message) {
      super(message);
    }
  }

  /**
   * Wrong password, no such role, or pg_hba says no (SQLSTATE class 28): the database holds other
   * passwords than we do.
   */
  public static final class LoginRejected extends PgFailure {
    private static final long serialVersionUID = 1L;

    LoginRejected(String message) {
      super(message);
    }
  }

  /** The server is a replica or accepts no writes now. */
  public static final class ReadOnly extends PgFailure {
    private static final long serialVersionUID = 1L;

    ReadOnly(String message) {
      super(message);
    }
  }

  /** The server refused a statement. */
  public static final class StatementFailed extends PgFailure {
    private static final long serialVersionUID = 1L;
    private final String sqlState;

    StatementFailed(String sqlState, String message) {
      super(message);
      this.sqlState = sqlState;
    }

    /** The five characters of the manual's appendix "PostgreSQL Error Codes". */
    public String sqlState() {
      return sqlState;
    }
  }

  /** The caller gave up. */
  public static final class Cancelled extends PgFailure {
    private static final long serialVersionUID = 1L;

    Cancelled(String message) {
      super(message);
    }
  }
}
