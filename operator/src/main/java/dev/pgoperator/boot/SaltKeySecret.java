package dev.pgoperator.boot;

import dev.pgoperator.pg.SaltKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key by which an operator that starts recognises the verifiers that it made before (decision
 * 0014). It is made once and kept in a secret of the operator's namespace. Without it everything
 * works, and the first sync after a start derives every password anew.
 */
final class SaltKeySecret {
  private static final Logger LOG = LoggerFactory.getLogger(SaltKeySecret.class);
  private static final String NAME = "postgres-operator-salt-key";
  private static final String KEY = "key";

  private SaltKeySecret() {}

  /** Reads it, or makes it; empty, with a warning in the log, where neither is possible. */
  static Optional<SaltKey> load(KubernetesClient client, String namespace) {
    try {
      Secret known = client.secrets().inNamespace(namespace).withName(NAME).get();
      return Optional.of(of(known == null ? create(client, namespace) : known));
    } catch (KubernetesClientException | IllegalArgumentException unusable) {
      LOG.warn(
          "secret {}/{} is not usable, so the first sync of each cluster takes longer: {}",
          namespace,
          NAME,
          unusable.getMessage());
      return Optional.empty();
    }
  }

  private static Secret create(KubernetesClient client, String namespace) {
    byte[] random = new byte[SaltKey.BYTES];
    new SecureRandom().nextBytes(random);
    Secret wanted =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(NAME)
            .endMetadata()
            .withType("Opaque")
            .addToData(KEY, Base64.getEncoder().encodeToString(random))
            .build();
    try {
      return client.resource(wanted).create();
    } catch (KubernetesClientException other) {
      if (other.getCode() == 409) { // another operator was faster
        return client.secrets().inNamespace(namespace).withName(NAME).require();
      }
      throw other;
    }
  }

  private static SaltKey of(Secret secret) {
    String encoded = secret.getData() == null ? "" : secret.getData().getOrDefault(KEY, "");
    return new SaltKey(Base64.getMimeDecoder().decode(encoded));
  }
}
