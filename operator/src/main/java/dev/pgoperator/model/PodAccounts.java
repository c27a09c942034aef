package dev.pgoperator.model;

import dev.pgoperator.config.ObjectSettings.PodAccount;
import dev.pgoperator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The account that pods run under, one per namespace and shared by its clusters, hence without an
 * owner (behaviour.md §1.12).
 */
public final class PodAccounts {

  private PodAccounts() {}

  public static ServiceAccount serviceAccount(OperatorConfig config, String namespace) {
    PodAccount configured = config.objects().podAccount();
    ServiceAccount account =
        configured
            .definition()
            .map(defined -> new ServiceAccountBuilder(defined).build())
            .orElseGet(ServiceAccount::new);
    ObjectMeta metadata = metadata(account, namespace);
    metadata.setName(configured.name());
    if (!configured.irsaRoleArn().isEmpty()) {
      Map<String, String> annotations =
          new TreeMap<>(Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
      annotations.put(Annotations.IRSA_ROLE, configured.irsaRoleArn());
      metadata.setAnnotations(annotations);
    }
    return account;
  }

  /** By default it binds the account to the cluster role of the same name. */
  public static RoleBinding roleBinding(OperatorConfig config, String namespace) {
    PodAccount configured = config.objects().podAccount();
    RoleBinding binding =
        configured
            .roleBinding()
            .map(defined -> new RoleBindingBuilder(defined).build())
            .orElseGet(() -> standard(configured.name()));
    metadata(binding, namespace);
    return binding;
  }

  private static RoleBinding standard(String name) {
    RoleBinding binding = new RoleBinding();
    binding.setMetadata(new ObjectMeta());
    binding.getMetadata().setName(name);
    binding.setRoleRef(new RoleRef("rbac.authorization.k8s.io", "ClusterRole", name));
    binding.setSubjects(List.of(new Subject(null, "ServiceAccount", name, null)));
    return binding;
  }

  /** The object's metadata, in this namespace. */
  private static ObjectMeta metadata(HasMetadata object, String namespace) {
    if (object.getMetadata() == null) {
      object.setMetadata(new ObjectMeta());
    }
    object.getMetadata().setNamespace(namespace);
    return object.getMetadata();
  }
}
