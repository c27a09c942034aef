package dev.pgoperator.model;

import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that the model makes of a blueprint. */
final class DesiredObjects {

  private DesiredObjects() {}

  static Map<String, HasMetadata> of(Blueprint b, SecretText password) {
    List<HasMetadata> all = new ArrayList<>();
    RoleSet roles = Roles.of(b);
    all.add(StatefulSets.desired(b));
    for (Role role : Role.values()) {
      all.add(Services.desired(b, role));
      LeaderEndpoints.desired(b, role).ifPresent(all::add);
    }
    all.add(Budgets.primary(b));
    all.add(Budgets.criticalOperation(b));
    all.add(PodAccounts.serviceAccount(b.config(), b.namespace()));
    all.add(PodAccounts.roleBinding(b.config(), b.namespace()));
    if (b.spec().server().logicalBackup().enabled()) {
      all.add(LogicalBackups.desired(b, List.of()));
    }
    for (Role role : Role.values()) {
      if (PoolerSettings.isOn(b, role)) {
        all.add(PoolerDeployments.desired(b, role, roles));
        all.add(PoolerServices.desired(b, role));
        String user = SystemRoles.poolerUser(b);
        all.add(UserLists.desired(b, role, Map.of(user, password)));
      }
    }
    Streams.names(b, Map.of())
        .forEach((application, name) -> all.add(StreamObjects.desired(b, application, name)));
    roles
        .credentials()
        .forEach(
            c -> all.add(CredentialSecrets.desired(b, c, RoleSecret.fresh(c.role(), password))));
    Map<String, HasMetadata> byKey = new TreeMap<>();
    all.forEach(
        o ->
            byKey.put(
                key(o.getKind(), o.getMetadata().getNamespace(), o.getMetadata().getName()), o));
    return byKey;
  }

  static String key(String kind, String namespace, String name) {
    return kind + "/" + namespace + "/" + name;
  }
}
