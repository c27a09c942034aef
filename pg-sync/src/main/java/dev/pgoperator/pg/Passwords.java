package dev.pgoperator.pg;

import dev.pgoperator.pg.VerifiedPasswords.Question;
import dev.pgoperator.pg.plan.Credential;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.ObservedRole;
import dev.pgoperator.pg.plan.ObservedServer;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.PasswordVerdict;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.Scram;
import dev.pgoperator.pg.plan.Verifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares wanted passwords with stored verifiers on worker threads, one batch per processor.
 *
 * <p>A verifier with a salt of our key is believed at first, and a few of those are derived in each
 * sync all the same: a user may give itself a verifier of another password under the known salt.
 */
final class Passwords {
  /** Verifiers in a batch that are derived although their salt is known. */
  private static final int SAMPLES = 16;

  private final Vertx vertx;
  private final Optional<SaltKey> saltKey;
  private final SecureRandom random = new SecureRandom();
  private final VerifiedPasswords verified = new VerifiedPasswords(random);

  Passwords(Vertx vertx, Optional<SaltKey> saltKey) {
    this.vertx = vertx;
    this.saltKey = saltKey;
  }

  Future<Map<RoleName, PasswordVerdict>> judge(Desired desired, ObservedServer server) {
    int batches =
        Math.min(Runtime.getRuntime().availableProcessors(), desired.roles().size() / 4 + 1);
    List<Future<Map<RoleName, PasswordVerdict>>> running = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      int first = batch;
      running.add(vertx.executeBlocking(() -> judge(desired, server, first, batches), false));
    }
    return Future.all(running)
        .map(
            all -> {
              Map<RoleName, PasswordVerdict> verdicts = new HashMap<>();
              running.forEach(batch -> verdicts.putAll(batch.result()));
              return verdicts;
            });
  }

  private Map<RoleName, PasswordVerdict> judge(
      Desired desired, ObservedServer server, int first, int step) {
    Map<RoleName, PasswordVerdict> verdicts = new HashMap<>();
    int believed = 0;
    for (int i = first; i < desired.roles().size(); i += step) {
      DesiredRole role = desired.roles().get(i);
      Question question = question(role, desired, server);
      boolean known = verified.contains(question);
      if (known || (isRecognised(question) && ++believed > SAMPLES)) {
        verdicts.put(role.name(), new PasswordVerdict.Keep());
      } else {
        verdicts.put(role.name(), derived(question));
      }
    }
    return verdicts;
  }

  private static Question question(DesiredRole role, Desired desired, ObservedServer server) {
    ObservedRole have = server.roles().get(role.name());
    String stored = have == null ? "" : have.password().reveal();
    return new Question(role.name(), role.credential(), stored, desired.encryption());
  }

  private boolean isRecognised(Question question) {
    return question.encryption() == PasswordEncryption.SCRAM_SHA_256
        && question.wanted() instanceof Credential.ClearText(var password)
        && saltKey
            .filter(key -> key.recognises(question.stored(), question.role(), password))
            .isPresent();
  }

  private PasswordVerdict derived(Question question) {
    PasswordVerdict verdict =
        PasswordVerdict.of(
            question.role(),
            question.wanted(),
            question.stored(),
            question.encryption(),
            () -> salt(question));
    switch (verdict) {
      case PasswordVerdict.Keep() -> verified.add(question);
      // Should the server come to store it, it fits by construction.
      case PasswordVerdict.Replace(Verifier made) ->
          verified.add(
              new Question(question.role(), question.wanted(), made.text(), question.encryption()));
    }
    return verdict;
  }

  /**
   * A verifier that has our salt and still does not fit was made by somebody who knew it: that one
   * must not be recognised again, so its successor gets a random salt.
   */
  private byte[] salt(Question question) {
    if (!isRecognised(question)
        && question.wanted() instanceof Credential.ClearText(var password)
        && saltKey.isPresent()) {
      return saltKey.get().salt(question.role(), password);
    }
    byte[] salt = new byte[Scram.SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }
}
