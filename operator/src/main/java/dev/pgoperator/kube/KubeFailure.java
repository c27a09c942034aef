package dev.pgoperator.kube;

/**
 * Why a request to the API server failed for good. The texts name the request and the server's
 * reason, never the content of an object.
 */
public abstract sealed class KubeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KubeFailure(String message, Throwable cause) {
    super(message, cause);
  }

  KubeFailure(String message) {
    super(message);
  }

  /** The object does not exist (404). */
  public static final class NotFound extends KubeFailure {
    private static final long serialVersionUID = 1L;

    NotFound(String request, Throwable cause) {
      super(request + ": not found", cause);
    }
  }

  /**
   * The server understood and refused (4xx): a change of an immutable field, missing rights, an
   * invalid object.
   */
  public static final class Refused extends KubeFailure {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(String request, int status, String reason, Throwable cause) {
      super(request + ": refused with " + status + ": " + reason, cause);
      this.status = status;
    }

    /** The HTTP status code. */
    public int status() {
      return status;
    }
  }

  /**
   * No usable answer within the deadline and the retries: connection errors, throttling (429),
   * server errors (5xx).
   */
  public static final class Unavailable extends KubeFailure {
    private static final long serialVersionUID = 1L;

    Unavailable(String request, String reason, Throwable cause) {
      super(request + ": API server unavailable: " + reason, cause);
    }
  }

  /**
   * Not sent: at this moment another operator pod may be responsible for the cluster. No failure of
   * anybody, and not to be repeated by this pod.
   */
  public static final class Withheld extends KubeFailure {
    private static final long serialVersionUID = 1L;

    Withheld(String request) {
      super(request + ": withheld, another operator pod may work for the cluster now");
    }
  }
}
