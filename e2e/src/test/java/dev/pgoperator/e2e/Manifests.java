package dev.pgoperator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The manifests that tests apply. */
final class Manifests {
  /** The bed's image of PostgreSQL under another name. */
  static final String NEXT_IMAGE =
      Optional.ofNullable(System.getenv("PGOPERATOR_NEXT_POSTGRES_IMAGE"))
          .orElse("docker.io/pgoperator/spilo:bed-next");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SHIPPED = Path.of("..", "manifests");

  private Manifests() {}

  /**
   * The one of the quick start: two instances, users zalando and foo_user, database foo, prepared
   * database bar.
   */
  static GenericKubernetesResource minimal() {
    var manifest = read(SHIPPED.resolve("minimal-postgres-manifest.yaml"));
    manifest.getMetadata().setNamespace(null); // each test has its own
    return manifest;
  }

  /** One user {@code app} who owns the database {@code app}. */
  static GenericKubernetesResource small(String name, int instances) {
    return small(name, instances, "17");
  }

  /** The same with another major version of PostgreSQL. */
  static GenericKubernetesResource small(String name, int instances, String version) {
    return Serialization.unmarshal(
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata: {name: %s}
        spec:
          teamId: acid
          numberOfInstances: %d
          postgresql: {version: "%s"}
          volume: {size: 1Gi}
          users: {app: []}
          databases: {app: app}
        """
            .formatted(name, instances, version),
        GenericKubernetesResource.class);
  }

  /** The same whose pods may keep much WAL: what is on the bed's volumes counts as their memory. */
  static GenericKubernetesResource roomy(String name, int instances) {
    ObjectNode manifest = (ObjectNode) tree(small(name, instances));
    ((ObjectNode) manifest.get("spec"))
        .putObject("resources")
        .putObject("limits")
        .put("memory", "2Gi");
    return of(manifest);
  }

  /** The same with synchronous replication: what is acknowledged is on two members. */
  static GenericKubernetesResource synchronous(String name, int instances) {
    ObjectNode manifest = (ObjectNode) tree(small(name, instances));
    ((ObjectNode) manifest.get("spec")).putObject("patroni").put("synchronous_mode", true);
    return of(manifest);
  }

  /** An object of any kind as the client takes it. */
  static GenericKubernetesResource of(JsonNode object) {
    return JSON.convertValue(object, GenericKubernetesResource.class);
  }

  /** An object of any kind as it was received. */
  static JsonNode tree(GenericKubernetesResource object) {
    return JSON.valueToTree(object);
  }

  static GenericKubernetesResource read(Path file) {
    try {
      return Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
