package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class TakeOverTest {

  private static Service service(String managedFields) {
    return Serialization.unmarshal(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: demo
          namespace: ns
          resourceVersion: "7"
          managedFields: %s
        """
            .formatted(managedFields),
        Service.class);
  }

  private static JsonNode metadata(String managedFields) {
    try {
      return Json.MAPPER
          .readTree(TakeOver.patch(service(managedFields)).orElseThrow())
          .path("metadata");
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void leavesAloneWhatOnlyWeHaveApplied() {
    assertThat(
            TakeOver.patch(
                service(
                    """
                    [{manager: postgres-operator, operation: Apply, fieldsType: FieldsV1,
                      fieldsV1: {"f:spec": {}}},
                     {manager: kubectl, operation: Update, fieldsType: FieldsV1,
                      fieldsV1: {"f:metadata": {}}}]
                    """)))
        .isEmpty();
  }

  @Test
  void makesTheUpdatesOfTheReferenceOurs() {
    JsonNode metadata =
        metadata(
            """
            [{manager: postgres-operator, operation: Update, apiVersion: v1, fieldsType: FieldsV1,
              fieldsV1: {"f:spec": {"f:type": {}}}}]
            """);

    assertThat(metadata.path("resourceVersion").asText()).isEqualTo("7");
    assertThat(metadata.at("/managedFields/0/operation").asText()).isEqualTo("Apply");
    assertThat(metadata.at("/managedFields/0/fieldsV1").toString())
        .isEqualTo("{\"f:spec\":{\"f:type\":{}}}");
  }

  @Test
  void unitesThemWithWhatWeHaveAppliedAndKeepsTheOthers() {
    JsonNode metadata =
        metadata(
            """
            [{manager: postgres-operator, operation: Update, apiVersion: v1, fieldsType: FieldsV1,
              fieldsV1: {"f:spec": {"f:type": {}, "f:ports": {"f:x": {}}}}},
             {manager: kubectl, operation: Update, apiVersion: v1, fieldsType: FieldsV1,
              fieldsV1: {"f:metadata": {}}},
             {manager: postgres-operator, operation: Update, subresource: status, apiVersion: v1,
              fieldsType: FieldsV1, fieldsV1: {"f:status": {}}},
             {manager: postgres-operator, operation: Apply, apiVersion: v1, fieldsType: FieldsV1,
              fieldsV1: {"f:spec": {"f:selector": {}, "f:ports": {}}}}]
            """);

    assertThat(metadata.path("managedFields")).hasSize(3);
    assertThat(metadata.at("/managedFields/0/manager").asText()).isEqualTo("kubectl");
    assertThat(metadata.at("/managedFields/1/subresource").asText()).isEqualTo("status");
    assertThat(metadata.at("/managedFields/2/fieldsV1/f:spec").toString())
        .isEqualTo("{\"f:type\":{},\"f:ports\":{},\"f:selector\":{}}");
  }
}
