package dev.pgoperator.model;

import dev.pgoperator.config.ObjectSettings.PodAccount;
import dev.pgoperator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;

/**
 * The account that pods run under, one per namespace and shared by its clusters, hence without an
 * owner (behaviour.md §1.12).
 */
public final class PodAccounts {

  private PodAccounts() {}

  public static ServiceAccount serviceAccount(OperatorConfig config, String namespace) {
    PodAccount configured = config.objects().podAccount();
    ServiceAccountBuilder account =
        configured
            .definition()
            .map(ServiceAccountBuilder::new)
            .orElseGet(ServiceAccountBuilder::new);
    account.editOrNewMetadata().withName(configured.name()).withNamespace(namespace).endMetadata();
    if (!configured.irsaRoleArn().isEmpty()) {
      account
          .editMetadata()
          .addToAnnotations(Annotations.IRSA_ROLE, configured.irsaRoleArn())
          .endMetadata();
    }
    return account.build();
  }

  /** By default it binds the account to the cluster role of the same name. */
  public static RoleBinding roleBinding(OperatorConfig config, String namespace) {
    PodAccount configured = config.objects().podAccount();
    RoleBindingBuilder binding =
        configured
            .roleBinding()
            .map(RoleBindingBuilder::new)
            .orElseGet(() -> standard(configured.name()));
    return binding.editOrNewMetadata().withNamespace(namespace).endMetadata().build();
  }

  private static RoleBindingBuilder standard(String name) {
    return new RoleBindingBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(name)
        .endSubject();
  }
}
