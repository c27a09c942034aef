package dev.pgoperator.pg;

import dev.pgoperator.pg.VerifiedPasswords.Question;
import dev.pgoperator.pg.plan.Credential;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.ObservedRole;
import dev.pgoperator.pg.plan.ObservedServer;
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

/** Compares wanted passwords with stored verifiers on worker threads, one batch per processor. */
final class Passwords {
  private final Vertx vertx;
  private final SecureRandom random = new SecureRandom();
  private final VerifiedPasswords verified = new VerifiedPasswords(random);

  Passwords(Vertx vertx) {
    this.vertx = vertx;
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
    for (int i = first; i < desired.roles().size(); i += step) {
      DesiredRole role = desired.roles().get(i);
      verdicts.put(role.name(), judge(role, desired, server));
    }
    return verdicts;
  }

  private PasswordVerdict judge(DesiredRole role, Desired desired, ObservedServer server) {
    ObservedRole have = server.roles().get(role.name());
    String stored = have == null ? "" : have.password().reveal();
    Credential wanted = role.credential();
    var question = new Question(role.name(), wanted, stored, desired.encryption());
    if (verified.contains(question)) {
      return new PasswordVerdict.Keep();
    }
    PasswordVerdict verdict =
        PasswordVerdict.of(role.name(), wanted, stored, desired.encryption(), this::salt);
    switch (verdict) {
      case PasswordVerdict.Keep() -> verified.add(question);
      // Should the server come to store it, it fits by construction.
      case PasswordVerdict.Replace(Verifier made) ->
          verified.add(new Question(role.name(), wanted, made.text(), desired.encryption()));
    }
    return verdict;
  }

  private byte[] salt() {
    byte[] salt = new byte[Scram.SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }
}
