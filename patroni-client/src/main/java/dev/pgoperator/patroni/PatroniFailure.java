package dev.pgoperator.patroni;

import java.time.Duration;

/**
 * Why a call did not give an answer. The message names the member and the call, and is safe to log:
 * it never holds a part of a configuration.
 */
public abstract sealed class PatroniFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Call call;

  /**
   * The call that failed.
   *
   * @param member whom it went to
   * @param request method and path, such as {@code POST /switchover}
   */
  public record Call(MemberAddress member, String request) {
    @Override
    public String toString() {
      return request + " at " + member;
    }
  }

  private PatroniFailure(Call call, String fact) {
    super(call + ": " + fact);
    this.call = call;
  }

  public Call call() {
    return call;
  }

  /**
   * Whether the member may have received the call although it gave no proper answer. Then an order
   * may have been carried out, and the cluster has to be looked at before anything else is decided.
   */
  public abstract boolean mayHaveArrived();

  /** No connection could be made: nobody listens, no route, unknown name. Nothing was sent. */
  public static final class MemberUnreachable extends PatroniFailure {
    private static final long serialVersionUID = 1L;

    MemberUnreachable(Call call, Throwable cause) {
      super(call, "cannot be reached: " + Excerpt.of(String.valueOf(cause.getMessage())));
      initCause(cause);
    }

    @Override
    public boolean mayHaveArrived() {
      return false;
    }
  }

  /** The connection broke before the answer was complete. */
  public static final class ConnectionLost extends PatroniFailure {
    private static final long serialVersionUID = 1L;

    ConnectionLost(Call call, Throwable cause) {
      super(call, "the connection was lost: " + Excerpt.of(String.valueOf(cause.getMessage())));
      initCause(cause);
    }

    @Override
    public boolean mayHaveArrived() {
      return true;
    }
  }

  /** There was no complete answer within the deadline. */
  public static final class TimedOut extends PatroniFailure {
    private static final long serialVersionUID = 1L;

    TimedOut(Call call, Duration deadline) {
      super(call, "no complete answer within " + deadline.toMillis() + " ms");
    }

    @Override
    public boolean mayHaveArrived() {
      return true;
    }
  }

  /** The member answered with a status other than 2xx. */
  public static final class Refused extends PatroniFailure {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String reason;

    Refused(Call call, int status, String reason) {
      super(call, "refused with status " + status + (reason.isEmpty() ? "" : ": " + reason));
      this.status = status;
      this.reason = reason;
    }

    /** The HTTP status, such as 412 or 503. */
    public int status() {
      return status;
    }

    /**
     * What Patroni said, in one line of at most {@value Excerpt#LIMIT} characters; may be empty.
     */
    public String reason() {
      return reason;
    }

    /** False: an order that Patroni refuses is not carried out. */
    @Override
    public boolean mayHaveArrived() {
      return false;
    }
  }

  /** The member answered with success, but with something that is not the expected JSON. */
  public static final class NotUnderstood extends PatroniFailure {
    private static final long serialVersionUID = 1L;

    NotUnderstood(Call call, String excerpt) {
      super(call, "the answer is not the expected JSON: " + excerpt);
    }

    @Override
    public boolean mayHaveArrived() {
      return true;
    }
  }

  /** The answer is longer than this client reads. */
  public static final class AnswerTooLong extends PatroniFailure {
    private static final long serialVersionUID = 1L;

    AnswerTooLong(Call call, int limit) {
      super(call, "the answer is longer than " + limit + " bytes");
    }

    @Override
    public boolean mayHaveArrived() {
      return true;
    }
  }
}
