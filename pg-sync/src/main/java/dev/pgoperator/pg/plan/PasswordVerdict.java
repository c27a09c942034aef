package dev.pgoperator.pg.plan;

import java.util.function.Supplier;

/** What is to happen to one role's stored password. */
public sealed interface PasswordVerdict {

  /** It is right, or nothing is said about it. */
  record Keep() implements PasswordVerdict {}

  /** It is missing, different or of an outdated form. */
  record Replace(Verifier verifier) implements PasswordVerdict {}

  /**
   * Compares the wish with what the server stores. Costs one or two key derivations for clear text:
   * not for an event loop.
   *
   * @param stored {@code pg_authid.rolpassword}, empty when there is none
   * @param salt gives {@value Scram#SALT_BYTES} fresh random bytes; asked only for a new SCRAM
   *     verifier
   */
  static PasswordVerdict of(
      RoleName role,
      Credential wanted,
      String stored,
      PasswordEncryption encryption,
      Supplier<byte[]> salt) {
    return switch (wanted) {
      case Credential.NoPassword() -> new Keep();
      case Credential.Hashed(Secret verifier) ->
          stored.equals(verifier.reveal())
              ? new Keep()
              : new Replace(new Verifier(verifier.reveal()));
      case Credential.ClearText(Secret password) ->
          switch (encryption) {
            case SCRAM_SHA_256 ->
                Scram.matches(stored, password)
                    ? new Keep()
                    : new Replace(Scram.verifier(password, salt.get()));
            case MD5 -> {
              Verifier verifier = Md5.verifier(role, password);
              yield stored.equals(verifier.text()) ? new Keep() : new Replace(verifier);
            }
          };
    };
  }
}
