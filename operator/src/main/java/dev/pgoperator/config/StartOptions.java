package dev.pgoperator.config;

import dev.pgoperator.config.ObjectSettings.Labels;
import dev.pgoperator.config.ObjectSettings.PodAccount;
import dev.pgoperator.config.OperatorSettings.HttpApi;
import dev.pgoperator.config.OperatorSettings.Scope;
import dev.pgoperator.config.ServerSettings.Consensus;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Options that are read only when the operator starts: watches, the HTTP port and the place of
 * Patroni's state hang on them. A running operator goes on with the values it was started with.
 */
public final class StartOptions {

  private record Option(String key, Function<OperatorConfig, Object> value) {}

  private static final List<Option> ALL =
      List.of(
          new Option("watched_namespace", c -> c.operator().scope().watchedNamespace()),
          new Option("cluster_labels", c -> c.objects().labels().cluster()),
          new Option("cluster_name_label", c -> c.objects().labels().clusterName()),
          new Option("pod_role_label", c -> c.objects().labels().podRole()),
          new Option("pod_service_account_name", c -> c.objects().podAccount().name()),
          new Option("api_port", c -> c.operator().httpApi().port()),
          new Option("enable_crd_registration", c -> c.operator().crds().registration()),
          new Option("crd_categories", c -> c.operator().crds().categories()),
          new Option("etcd_host", c -> c.server().consensus().etcdHost()),
          new Option("kubernetes_use_configmaps", c -> c.server().consensus().useConfigMaps()));

  private StartOptions() {}

  /** Their keys, as a ConfigMap has them. */
  public static List<String> keys() {
    return ALL.stream().map(Option::key).toList();
  }

  /** The keys of those that differ between two configurations. */
  static List<String> differing(OperatorConfig one, OperatorConfig other) {
    return ALL.stream()
        .filter(option -> !Objects.equals(option.value.apply(one), option.value.apply(other)))
        .map(Option::key)
        .toList();
  }

  /** The newer configuration, in which these options are as they were in the running one. */
  static OperatorConfig kept(OperatorConfig running, OperatorConfig newer) {
    return new OperatorConfig(
        operator(running.operator(), newer.operator()),
        objects(running.objects(), newer.objects()),
        newer.pods(),
        server(running.server().consensus(), newer.server()),
        newer.roles(),
        newer.addOns());
  }

  private static OperatorSettings operator(OperatorSettings running, OperatorSettings newer) {
    HttpApi http = newer.httpApi();
    Scope scope = newer.scope();
    return new OperatorSettings(
        running.crds(),
        newer.pace(),
        newer.waits(),
        new HttpApi(running.httpApi().port(), http.ringLogLines(), http.clusterHistoryEntries()),
        new Scope(
            running.scope().watchedNamespace(),
            scope.teamIdPrefix(),
            scope.debugLogging(),
            scope.databaseAccess()),
        newer.deletion());
  }

  private static ObjectSettings objects(ObjectSettings running, ObjectSettings newer) {
    Labels labels = running.labels();
    PodAccount account = newer.podAccount();
    return new ObjectSettings(
        new Labels(
            labels.cluster(), labels.clusterName(), labels.podRole(), newer.labels().inherited()),
        newer.annotations(),
        newer.naming(),
        newer.exposure(),
        newer.budgets(),
        new PodAccount(
            running.podAccount().name(),
            account.definition(),
            account.roleBinding(),
            account.irsaRoleArn(),
            account.kubeIamRole()));
  }

  private static ServerSettings server(Consensus running, ServerSettings newer) {
    return new ServerSettings(
        new Consensus(
            running.etcdHost(), running.useConfigMaps(), newer.consensus().failsafeMode()),
        newer.upgrade(),
        newer.maintenance(),
        newer.instances(),
        newer.storage(),
        newer.archive());
  }
}
