package dev.pgoperator.cluster;

import dev.pgoperator.api.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Manifests for tests. */
public final class Manifests {
  private Manifests() {}

  /** A small valid manifest of namespace {@code shop}. */
  public static Manifest valid(String name, String uid, long generation) {
    return decoded(text(name, uid, generation));
  }

  /** The same, whose status says that the cluster runs as this generation has it. */
  public static Manifest running(String name, String uid, long generation) {
    return decoded(
        text(name, uid, generation)
            + "status: {PostgresClusterStatus: Running, observedGeneration: %d}\n"
                .formatted(generation));
  }

  private static String text(String name, String uid, long generation) {
    return """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata:
          name: %s
          namespace: shop
          uid: %s
          generation: %d
          resourceVersion: "1"
        spec:
          teamId: shop
          numberOfInstances: 2
          volume: {size: 1Gi}
          postgresql: {version: "17"}
          users: {seller: []}
          databases: {sales: seller}
        """
        .formatted(name, uid, generation);
  }

  /** The same with further lines of the spec, each indented by two. */
  public static Manifest with(long generation, String moreSpec) {
    return orders(generation, "", moreSpec);
  }

  /** The same with this for {@code max_connections}. */
  public static Manifest withConnections(long generation, String connections) {
    return orders(generation, ", parameters: {max_connections: \"%s\"}".formatted(connections), "");
  }

  private static Manifest orders(long generation, String morePostgresql, String moreSpec) {
    return decoded(
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata: {name: orders, namespace: shop, uid: a, generation: %d, resourceVersion: "1"}
        spec:
          teamId: shop
          numberOfInstances: 2
          volume: {size: 1Gi}
          postgresql: {version: "17"%s}
        """
                .formatted(generation, morePostgresql)
            + moreSpec);
  }

  public static Manifest decoded(String yaml) {
    return Manifest.decode(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
  }
}
