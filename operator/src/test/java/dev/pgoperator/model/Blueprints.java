package dev.pgoperator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.config.ConfigReading;
import dev.pgoperator.config.OperatorConfigs;
import java.util.Map;

/** Small clusters for tests: a spec in YAML, options as a ConfigMap has them. */
final class Blueprints {

  private static final String HEAD =
      """
      apiVersion: acid.zalan.do/v1
      kind: postgresql
      metadata: {name: demo, namespace: ns, uid: u-1, labels: {env: prod}, annotations: {owner: me}}
      spec:
        teamId: acid
        numberOfInstances: 2
        postgresql: {version: "17"}
        volume: {size: 1Gi}
      """;

  private Blueprints() {}

  /** A small cluster with further lines of its spec, indented by two. */
  static Blueprint of(String moreSpec, Map<String, String> options) {
    return fromManifest(HEAD + moreSpec, options);
  }

  static Blueprint of(String moreSpec) {
    return of(moreSpec, Map.of());
  }

  /** The same where others than the manifest define roles too. */
  static Blueprint with(RoleSources sources, String moreSpec, Map<String, String> options) {
    Blueprint b = of(moreSpec, options);
    return new Blueprint(b.cluster(), b.config(), b.environment(), sources);
  }

  static Blueprint fromManifest(String yaml, Map<String, String> options) {
    ConfigReading reading = OperatorConfigs.fromConfigMap(options);
    if (!reading.problems().isEmpty()) {
      throw new AssertionError(reading.problems());
    }
    return switch (Manifest.decode(Fixture.resource(tree(yaml)))) {
      case Manifest.Valid valid ->
          new Blueprint(valid.cluster(), reading.config(), PodEnvironment.NONE);
      case Manifest.Malformed malformed -> throw new AssertionError(malformed.problems());
    };
  }

  static JsonNode tree(String yaml) {
    try {
      return Fixture.YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new AssertionError(yaml, e);
    }
  }
}
