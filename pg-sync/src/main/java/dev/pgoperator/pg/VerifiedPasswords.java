package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Credential;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.RoleName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers that a password fitted a stored verifier, because finding it out costs a key derivation
 * (a millisecond) per role and sync. Holds digests under a key of this process only, so that
 * nothing in it helps to guess a password elsewhere. Thread-safe.
 */
final class VerifiedPasswords {
  /** About 10 MB when full. */
  private static final int MOST = 100_000;

  private final SecretKeySpec key;
  private final Set<String> digests =
      Collections.synchronizedSet(Collections.newSetFromMap(new Newest()));

  VerifiedPasswords(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /** Does this credential fit what is stored? */
  record Question(RoleName role, Credential wanted, String stored, PasswordEncryption encryption) {
    String text() {
      String password =
          switch (wanted) {
            case Credential.NoPassword() -> "";
            case Credential.ClearText(var clear) -> clear.reveal();
            case Credential.Hashed(var verifier) -> verifier.reveal();
          };
      return String.join("\0", role.value(), encryption.name(), stored, password);
    }
  }

  boolean contains(Question question) {
    return worthwhile(question) && digests.contains(digest(question));
  }

  void add(Question question) {
    if (worthwhile(question)) {
      digests.add(digest(question));
    }
  }

  /** Only clear text against SCRAM is slow. */
  private static boolean worthwhile(Question question) {
    return question.wanted() instanceof Credential.ClearText && !question.stored().isEmpty();
  }

  private String digest(Question question) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(question.text().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has HmacSHA256", missing);
    }
  }

  private static final class Newest extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > MOST;
    }
  }
}
