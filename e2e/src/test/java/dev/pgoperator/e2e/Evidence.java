package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything of the run that is to be searched for leaked secrets at its end: each password that
 * was ever in a secret of a cluster, and each Event and status that was ever shown.
 */
final class Evidence implements AutoCloseable {
  private final Map<String, String> passwords = new ConcurrentHashMap<>();
  private final Set<String> shown = ConcurrentHashMap.newKeySet();
  private final List<SharedIndexInformer<?>> informers;

  Evidence(KubernetesClient client) {
    informers =
        List.of(
            client
                .secrets()
                .inAnyNamespace()
                .withLabel("application", "spilo")
                .inform(new Appearances<>(this::note)),
            client.v1().events().inAnyNamespace().inform(new Appearances<>(this::note)),
            client
                .genericKubernetesResources(PostgresCluster.KIND)
                .inAnyNamespace()
                .inform(new Appearances<>(this::note)));
  }

  /** Passwords, each with the secret that it was seen in. */
  Map<String, String> passwords() {
    return Map.copyOf(passwords);
  }

  /** Texts of Events and whole manifests with their status. */
  Collection<String> shown() {
    return Set.copyOf(shown);
  }

  private void note(Secret secret) {
    String password = secret.getData() == null ? null : secret.getData().get("password");
    if (password != null) {
      String clear = new String(Base64.getDecoder().decode(password), StandardCharsets.UTF_8);
      passwords.put(
          clear, secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName());
    }
  }

  private void note(Event event) {
    shown.add(
        "Event on "
            + event.getInvolvedObject().getName()
            + ": "
            + event.getReason()
            + ": "
            + event.getMessage());
  }

  private void note(GenericKubernetesResource manifest) {
    shown.add(
        "manifest "
            + manifest.getMetadata().getNamespace()
            + "/"
            + manifest.getMetadata().getName()
            + ": "
            + manifest.getMetadata().getAnnotations()
            + manifest.getAdditionalProperties());
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }
}
