package dev.pgoperator.kube;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.impl.BaseClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;

/**
 * The client that watches: it shares the connections of another one and leaves out of {@code
 * metadata.managedFields} which fields others wrote. They are half of a pod's text and most of its
 * objects in memory, and decisions read only what we wrote ourselves. Objects that are read one by
 * one come whole, by the other client.
 */
public final class WatchClient {
  private WatchClient() {}

  /**
   * Lives as long as the other one, and is closed with it.
   *
   * @param manager whose fields are read
   */
  public static KubernetesClient beside(KubernetesClient other, String manager) {
    var mapper = new ObjectMapper();
    mapper.registerModule(
        new SimpleModule().addDeserializer(ManagedFieldsEntry.class, new Entry(manager)));
    // The public builder makes a client with connections of its own.
    return new KubernetesClientImpl(
        other.getHttpClient(),
        other.getConfiguration(),
        BaseClient.DEFAULT_EXECUTOR_SUPPLIER,
        new KubernetesSerialization(mapper, true));
  }

  /** Reads an entry; the API server writes the manager's name before the fields. */
  static final class Entry extends StdDeserializer<ManagedFieldsEntry> {
    private static final long serialVersionUID = 1;

    private final String ours;

    Entry(String ours) {
      super(ManagedFieldsEntry.class);
      this.ours = ours;
    }

    @Override
    public ManagedFieldsEntry deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      var entry = new ManagedFieldsEntry();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "manager" -> entry.setManager(json.getValueAsString());
          case "operation" -> entry.setOperation(json.getValueAsString());
          case "apiVersion" -> entry.setApiVersion(json.getValueAsString());
          case "time" -> entry.setTime(json.getValueAsString());
          case "subresource" -> entry.setSubresource(json.getValueAsString());
          case "fieldsType" -> entry.setFieldsType(json.getValueAsString());
          case "fieldsV1" -> readFields(entry, json, context);
          default -> json.skipChildren();
        }
      }
      return entry;
    }

    private void readFields(
        ManagedFieldsEntry entry, JsonParser json, DeserializationContext context)
        throws IOException {
      if (ours.equals(entry.getManager())) {
        entry.setFieldsV1(context.readValue(json, FieldsV1.class));
      } else {
        json.skipChildren();
      }
    }
  }
}
