package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Deployment of one pod that somebody else made, who has nothing to do with the operator.
 *
 * @param selector labels of its pods
 */
record ForeignDeployment(Scene scene, String uid, Map<String, String> selector) {
  private static final Duration START = Duration.ofSeconds(90);

  /** Makes it and waits until its pod runs. */
  static ForeignDeployment start(
      Scene scene, String name, Map<String, String> labels, Map<String, String> selector) {
    ConfigMap options = scene.object(ConfigMap.class, "postgres-operator").get();
    Deployment blank =
        Serialization.unmarshal(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s, namespace: %s}
            spec:
              replicas: 1
              template:
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: foreign
                    image: %s
                    imagePullPolicy: IfNotPresent
                    command: [sh, -c, "trap 'exit 0' TERM; sleep 86400 & wait"]
                    resources: {requests: {cpu: 10m, memory: 16Mi}}
            """
                .formatted(
                    name, scene.namespace(), options.getData().get("connection_pooler_image")),
            Deployment.class);
    Deployment made =
        scene
            .client()
            .resource(
                blank
                    .edit()
                    .editMetadata()
                    .withLabels(labels)
                    .endMetadata()
                    .editSpec()
                    .withNewSelector()
                    .withMatchLabels(selector)
                    .endSelector()
                    .editTemplate()
                    .withNewMetadata()
                    .withLabels(selector)
                    .endMetadata()
                    .endTemplate()
                    .endSpec()
                    .build())
            .create();
    var foreign = new ForeignDeployment(scene, made.getMetadata().getUid(), selector);
    scene
        .waiting()
        .until(
            "the foreign pod runs",
            START,
            () ->
                foreign.pods().stream()
                    .anyMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
    return foreign;
  }

  /** All that its selector finds. */
  List<Pod> pods() {
    return scene
        .client()
        .pods()
        .inNamespace(scene.namespace())
        .withLabels(selector)
        .list()
        .getItems();
  }
}
