package dev.pgoperator.config;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names, labels, annotations and exposure of the objects that the operator makes. */
public record ObjectSettings(
    Labels labels,
    Annotations annotations,
    Naming naming,
    Exposure exposure,
    Budgets budgets,
    PodAccount podAccount) {

  /**
   * {@code cluster_labels}, {@code cluster_name_label}, {@code pod_role_label}, {@code
   * inherited_labels}.
   */
  public record Labels(
      Map<String, String> cluster, String clusterName, String podRole, List<String> inherited) {}

  /**
   * {@code inherited_annotations}, {@code downscaler_annotations} (regular expressions), {@code
   * ignored_annotations}, {@code custom_pod_annotations}, {@code
   * ignore_instance_limits_annotation_key}, {@code ignore_resources_limits_annotation_key}.
   */
  public record Annotations(
      List<String> inherited,
      List<String> downscaler,
      List<String> ignored,
      Map<String, String> customPod,
      String ignoreInstanceLimitsKey,
      String ignoreResourcesLimitsKey) {}

  /** {@code secret_name_template}, {@code cluster_domain}. */
  public record Naming(String secretTemplate, String clusterDomain) {}

  /** One answer for each of the four services of a cluster. */
  public record PerService(
      boolean primary, boolean replica, boolean primaryPooler, boolean replicaPooler) {}

  /**
   * {@code enable_*_load_balancer}, {@code enable_*_node_port}, {@code external_traffic_policy},
   * {@code custom_service_annotations} and the DNS formats.
   */
  public record Exposure(
      PerService loadBalancer,
      PerService nodePort,
      String externalTrafficPolicy,
      Map<String, String> customAnnotations,
      DnsNames dns) {}

  /**
   * {@code master_dns_name_format}, {@code replica_dns_name_format}, their {@code _legacy_} forms,
   * {@code db_hosted_zone}.
   */
  public record DnsNames(
      String primary,
      String replica,
      String primaryLegacy,
      String replicaLegacy,
      String hostedZone) {}

  /**
   * {@code enable_pod_disruption_budget}, {@code pdb_master_label_selector}, {@code
   * pdb_name_format}.
   */
  public record Budgets(boolean enabled, boolean primaryOnly, String nameFormat) {}

  /**
   * {@code pod_service_account_name}, {@code pod_service_account_definition} and {@code
   * pod_service_account_role_binding_definition} (JSON or YAML; empty for the built-in ones),
   * {@code irsa_role_arn}, {@code kube_iam_role}.
   */
  public record PodAccount(
      String name,
      Optional<ServiceAccount> definition,
      Optional<RoleBinding> roleBinding,
      String irsaRoleArn,
      String kubeIamRole) {}

  static ObjectSettings read(OptionReader o) {
    OptionReader k = o.group("kubernetes");
    OptionReader cloud = o.group("aws_or_gcp");
    return new ObjectSettings(
        new Labels(
            k.pairs("cluster_labels", Map.of("application", "spilo")),
            k.text("cluster_name_label", "cluster-name"),
            k.text("pod_role_label", "spilo-role"),
            k.texts("inherited_labels")),
        new Annotations(
            k.texts("inherited_annotations"),
            k.expressions("downscaler_annotations"),
            k.texts("ignored_annotations"),
            k.pairs("custom_pod_annotations", Map.of()),
            o.text("ignore_instance_limits_annotation_key", ""),
            o.text("ignore_resources_limits_annotation_key", "")),
        new Naming(
            k.text("secret_name_template", "{username}.{cluster}.credentials.{tprkind}.{tprgroup}"),
            k.text("cluster_domain", "cluster.local")),
        exposure(o.group("load_balancer")),
        new Budgets(
            k.flag("enable_pod_disruption_budget", true),
            k.flag("pdb_master_label_selector", true),
            k.text("pdb_name_format", "postgres-{cluster}-pdb")),
        new PodAccount(
            k.text("pod_service_account_name", "postgres-pod"),
            k.definition("pod_service_account_definition", ServiceAccount.class),
            k.definition("pod_service_account_role_binding_definition", RoleBinding.class),
            cloud.text("irsa_role_arn", ""),
            cloud.text("kube_iam_role", "")));
  }

  private static Exposure exposure(OptionReader lb) {
    return new Exposure(
        new PerService(
            lb.flag("enable_master_load_balancer", true, false),
            lb.flag("enable_replica_load_balancer", false),
            lb.flag("enable_master_pooler_load_balancer", false),
            lb.flag("enable_replica_pooler_load_balancer", false)),
        new PerService(
            lb.flag("enable_master_node_port", false),
            lb.flag("enable_replica_node_port", false),
            lb.flag("enable_master_pooler_node_port", false),
            lb.flag("enable_replica_pooler_node_port", false)),
        lb.oneOf("external_traffic_policy", "Cluster", "Cluster", "Local"),
        lb.pairs("custom_service_annotations", Map.of()),
        new DnsNames(
            lb.text("master_dns_name_format", "{cluster}.{namespace}.{hostedzone}"),
            lb.text("replica_dns_name_format", "{cluster}-repl.{namespace}.{hostedzone}"),
            lb.text("master_legacy_dns_name_format", "{cluster}.{team}.{hostedzone}"),
            lb.text("replica_legacy_dns_name_format", "{cluster}-repl.{team}.{hostedzone}"),
            lb.text("db_hosted_zone", "db.example.com")));
  }
}
