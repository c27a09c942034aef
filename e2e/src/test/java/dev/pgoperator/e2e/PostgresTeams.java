package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The {@code PostgresTeam} objects of a scene, as an administrator writes them. */
final class PostgresTeams {
  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("acid.zalan.do")
          .withVersion("v1")
          .withKind("PostgresTeam")
          .withPlural("postgresteams")
          .withNamespaced(true)
          .build();

  private final Scene scene;

  PostgresTeams(Scene scene) {
    this.scene = scene;
  }

  private NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>>
      all() {
    return scene.client().genericKubernetesResources(KIND).inNamespace(scene.namespace());
  }

  void create(String name, String spec) {
    GenericKubernetesResource team =
        Serialization.unmarshal(
            """
            apiVersion: acid.zalan.do/v1
            kind: PostgresTeam
            metadata: {name: %s}
            spec: %s
            """
                .formatted(name, spec),
            GenericKubernetesResource.class);
    all().resource(team).create();
  }

  void edit(String name, String patch) {
    all().withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  void delete(String name) {
    all().withName(name).delete();
  }
}
