package dev.pgoperator.teams;

import javax.net.ssl.SSLHandshakeException;

/**
 * The Teams API did not say who is in a team. The text may be shown to people: it holds no token,
 * and is the same for the same trouble.
 */
public final class TeamsFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TeamsFailure(String why) {
    super(why);
  }

  static TeamsFailure of(Throwable cause) {
    return switch (cause) {
      case TeamsFailure known -> known;
      case SSLHandshakeException _ ->
          new TeamsFailure("its certificate is not accepted, so it was not asked");
      default ->
          new TeamsFailure("it cannot be reached (" + cause.getClass().getSimpleName() + ")");
    };
  }
}
