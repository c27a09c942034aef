package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Asks a streaming service to read changes of tables (api.md §1.8). Its definition belongs to that
 * service and may not be installed; what it holds is read as it comes.
 */
@Group("zalando.org")
@Version("v1")
@Kind(FabricEventStream.KIND)
@Plural("fabriceventstreams")
public final class FabricEventStream extends GenericKubernetesResource implements Namespaced {
  private static final long serialVersionUID = 1L;

  static final String KIND = "FabricEventStream";

  public FabricEventStream() {
    setApiVersion("zalando.org/v1");
    setKind(KIND);
  }

  /** The application that it feeds; empty when it does not say. */
  public String application() {
    Object id = get("spec", "applicationId");
    return id instanceof String text ? text : "";
  }
}
