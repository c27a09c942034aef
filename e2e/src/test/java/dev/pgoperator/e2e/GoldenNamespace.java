package dev.pgoperator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A namespace in which all cases of one recorded configuration live under an operator with it. */
final class GoldenNamespace implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);

  private final Scene scene;
  private final List<RecordedCase> cases;
  private final JsonNode config;
  private final OwnOperator operator;

  GoldenNamespace(Run run, String namespace) {
    this.scene = new Scene(run, namespace);
    this.cases = RecordedCase.of(namespace);
    this.config = cases.getFirst().config().getFirst();
    scene.open();
    cases.stream().flatMap(one -> one.config().stream()).distinct().forEach(this::create);
    Certificate certificate = Certificate.selfSigned("depot-tls." + namespace);
    create(certificate.secret("depot-cert"));
    create(certificate.authority("depot-ca"));
    this.operator =
        OwnOperator.install(
            scene,
            config.path("kind").asText().equals("ConfigMap")
                ? Map.of("CONFIG_MAP_NAME", configName())
                : Map.of("POSTGRES_OPERATOR_CONFIGURATION_OBJECT", configName()));
  }

  List<RecordedCase> cases() {
    return cases;
  }

  Operator operator() {
    return operator.operator();
  }

  Scene scene() {
    return scene;
  }

  /** Applies every manifest and waits for what was recorded of it. */
  void applyAll() {
    cases.stream().filter(one -> !one.id().equals("v07-standby-host")).forEach(this::apply);
    cases.stream()
        .filter(one -> one.id().equals("v07-standby-host"))
        .forEach(
            standby -> {
              bringSecrets("tiny-one", standby.cluster());
              apply(standby);
            });
    cases.forEach(this::awaitRecordedStatus);
  }

  private void apply(RecordedCase one) {
    scene.create(OwnOperator.addressed(scene, Manifests.of(one.manifest())));
  }

  /** The system users' secrets of the primary cluster, as somebody would bring them: unlabelled. */
  private void bringSecrets(String from, String to) {
    for (String role : List.of("postgres", "standby")) {
      PostgresCluster primary = scene.cluster(from);
      Secret secret =
          scene
              .waiting()
              .forObject(
                  from + " has the secret of " + role,
                  Duration.ofMinutes(1),
                  primary.secret(role),
                  now -> now != null);
      create(
          new SecretBuilder()
              .withNewMetadata()
              .withName(scene.cluster(to).secretName(role))
              .endMetadata()
              .withData(secret.getData())
              .build());
    }
  }

  private void awaitRecordedStatus(RecordedCase one) {
    PostgresCluster cluster = scene.cluster(one.cluster());
    cluster.awaitPhase(one.status(), START);
    boolean hasPods = one.objects().stream().anyMatch(object -> object.kind().equals("Pod"));
    if (hasPods) {
      scene
          .waiting()
          .until(one.id() + " has pods", Duration.ofMinutes(1), () -> !cluster.pods().isEmpty());
    }
  }

  /** From the next start on. */
  void resyncEvery(String period) {
    String patch =
        config.path("kind").asText().equals("ConfigMap")
            ? "{\"data\":{\"resync_period\":\"" + period + "\"}}"
            : "{\"configuration\":{\"resync_period\":\"" + period + "\"}}";
    scene
        .client()
        .genericKubernetesResources(
            config.path("apiVersion").asText(), config.path("kind").asText())
        .inNamespace(scene.namespace())
        .withName(configName())
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private String configName() {
    return config.at("/metadata/name").asText();
  }

  private void create(JsonNode object) {
    scene.client().resource(Manifests.of(object)).create();
  }

  private void create(Secret secret) {
    scene.client().secrets().inNamespace(scene.namespace()).resource(secret).create();
  }

  @Override
  public void close() {
    scene.close();
    operator.close();
  }
}
