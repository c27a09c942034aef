package dev.pgoperator.pg.plan;

/** What is wanted of a role's password. */
public sealed interface Credential {

  /** Nothing is said: a new role gets none, an existing one keeps what it has. */
  record NoPassword() implements Credential {}

  /** The password itself. It never goes to the server; a verifier computed from it does. */
  record ClearText(Secret password) implements Credential {}

  /**
   * A verifier made elsewhere ({@code SCRAM-SHA-256$…} or {@code md5…}), compared and stored as it
   * is.
   */
  record Hashed(Secret verifier) implements Credential {}

  /** No password. */
  static Credential none() {
    return new NoPassword();
  }

  /**
   * Reads what stands in a secret: empty is no password, the forms that the server itself would
   * take for a verifier are verifiers, everything else is clear text.
   */
  static Credential of(String text) {
    if (text.isEmpty()) {
      return new NoPassword();
    }
    return Verifier.isOne(text) ? new Hashed(new Secret(text)) : new ClearText(new Secret(text));
  }
}
