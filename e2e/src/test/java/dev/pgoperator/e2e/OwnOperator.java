package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;

/**
 * A second operator, in a namespace that it has for itself: the same Deployment with other
 * variables. It handles only manifests that carry its controller id.
 */
final class OwnOperator implements AutoCloseable {
  static final String CONTROLLER = "acid.zalan.do/controller";
  private static final String NAME = "postgres-operator";

  private final Run run;
  private final String namespace;

  private OwnOperator(Run run, String namespace) {
    this.run = run;
    this.namespace = namespace;
  }

  /**
   * Installs it and waits until it is ready.
   *
   * @param variables environment variables beside {@code CONTROLLER_ID}, which is the namespace
   */
  static OwnOperator install(Scene scene, Map<String, String> variables) {
    var own = new OwnOperator(scene.run(), scene.namespace());
    KubernetesClient client = scene.client();
    client.resource(new ServiceAccountBuilder().withMetadata(own.named()).build()).create();
    client.resource(own.binding()).serverSideApply();
    client.resource(own.leases()).create();
    client.resource(own.deployment(variables)).create();
    own.operator().awaitReady();
    return own;
  }

  /** The same with the options of the main operator, but for these, in a ConfigMap of its own. */
  static OwnOperator withOptions(Scene scene, Map<String, String> options) {
    KubernetesClient client = scene.client();
    ConfigMap main = client.configMaps().inNamespace("default").withName(NAME).get();
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(scene.namespace())
                .endMetadata()
                .withData(main.getData())
                .addToData("watched_namespace", scene.namespace())
                .addToData(options)
                .build())
        .create();
    return install(scene, Map.of("CONFIG_MAP_NAME", NAME));
  }

  /** Edits the options that it was given: a name and a value in turn. */
  static void configure(Scene scene, String... namesAndValues) {
    scene
        .object(ConfigMap.class, NAME)
        .edit(
            map -> {
              ConfigMapBuilder edited = new ConfigMapBuilder(map);
              for (int i = 0; i < namesAndValues.length; i += 2) {
                edited.addToData(namesAndValues[i], namesAndValues[i + 1]);
              }
              return edited.build();
            });
  }

  /** As a manifest has to be for an operator of the scene's own. */
  static GenericKubernetesResource addressed(Scene scene, GenericKubernetesResource manifest) {
    manifest.getMetadata().getAnnotations().put(CONTROLLER, scene.namespace());
    return manifest;
  }

  Operator operator() {
    return run.operator(namespace);
  }

  /** Gives its pods, which do not run now, the files of a secret, and a variable. */
  void mount(String secret, String path, String variable, String value) {
    String patch =
        """
        {"spec":{"template":{"spec":{
          "volumes":[{"name":"%1$s","secret":{"secretName":"%1$s"}}],
          "containers":[{"name":"%2$s",
            "volumeMounts":[{"name":"%1$s","mountPath":"%3$s"}],
            "env":[{"name":"%4$s","value":"%5$s"}]}]}}}}
        """
            .formatted(secret, NAME, path, variable, value);
    run.client()
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(NAME)
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
  }

  private Deployment deployment(Map<String, String> variables) {
    Deployment main = run.client().apps().deployments().inNamespace("default").withName(NAME).get();
    List<EnvVar> environment =
        variables.entrySet().stream()
            .map(e -> new EnvVarBuilder().withName(e.getKey()).withValue(e.getValue()).build())
            .toList();
    return new DeploymentBuilder()
        .withMetadata(named())
        .withSpec(main.getSpec())
        .editSpec()
        .editTemplate()
        .editSpec()
        // One whose node is drained by its test is not what is to be drained.
        .addNewToleration()
        .withKey("node.kubernetes.io/unschedulable")
        .withOperator("Exists")
        .endToleration()
        .editFirstContainer()
        .withEnv(environment)
        .addNewEnv()
        .withName("CONTROLLER_ID")
        .withValue(namespace)
        .endEnv()
        .addNewEnv()
        .withName("POD_NAME")
        .withNewValueFrom()
        .withNewFieldRef("v1", "metadata.name")
        .endValueFrom()
        .endEnv()
        .addNewEnv()
        .withName("POD_UID")
        .withNewValueFrom()
        .withNewFieldRef("v1", "metadata.uid")
        .endValueFrom()
        .endEnv()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private ObjectMeta named() {
    return new ObjectMetaBuilder().withName(NAME).withNamespace(namespace).build();
  }

  private ClusterRoleBinding binding() {
    return new ClusterRoleBindingBuilder()
        .withNewMetadata()
        .withName(NAME + "-" + namespace)
        .endMetadata()
        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", NAME)
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(NAME)
        .withNamespace(namespace)
        .endSubject()
        .build();
  }

  /** The right to keep its leases, in its own namespace. */
  private RoleBinding leases() {
    return new RoleBindingBuilder()
        .withMetadata(named())
        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", NAME + "-leases")
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(NAME)
        .withNamespace(namespace)
        .endSubject()
        .build();
  }

  /** What is in the namespace goes with it; the log is kept, to be searched for passwords. */
  @Override
  public void close() {
    operator().pods().forEach(run.logs()::keep);
    run.client().resource(binding()).delete();
  }
}
