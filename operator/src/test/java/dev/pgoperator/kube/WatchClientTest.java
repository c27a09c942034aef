package dev.pgoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchClientTest {
  private static final String SERVICE =
      """
      {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "orders", "managedFields": [
        {"manager": "postgres-operator", "operation": "Apply", "apiVersion": "v1", "time": "2026-11-30T00:00:00Z",
         "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {"f:type": {}}}},
        {"manager": "cloud", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1",
         "fieldsV1": {"f:status": {"f:loadBalancer": {}}}, "subresource": "status", "more": {"later": 1}}]},
       "spec": {"type": "ClusterIP"}}
      """;

  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").build())
          .build();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void readsWhatWeWroteAndOfOthersOnlyWhoTheyAre() {
    KubernetesClient watching = WatchClient.beside(client, "postgres-operator");
    Service service = watching.getKubernetesSerialization().unmarshal(SERVICE, Service.class);
    List<ManagedFieldsEntry> entries = service.getMetadata().getManagedFields();

    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst().getFieldsV1().getAdditionalProperties()).containsKey("f:spec");
    assertThat(entries.getFirst().getTime()).isEqualTo("2026-11-30T00:00:00Z");
    assertThat(entries.getLast().getManager()).isEqualTo("cloud");
    assertThat(entries.getLast().getSubresource()).isEqualTo("status");
    assertThat(entries.getLast().getFieldsV1()).isNull();
    assertThat(service.getSpec().getType()).isEqualTo("ClusterIP");
  }

  @Test
  void whatIsReadOneByOneComesWhole() {
    Service service = client.getKubernetesSerialization().unmarshal(SERVICE, Service.class);
    assertThat(service.getMetadata().getManagedFields().getLast().getFieldsV1()).isNotNull();
  }
}
