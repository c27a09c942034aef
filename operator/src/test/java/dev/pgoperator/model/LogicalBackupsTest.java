package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogicalBackupsTest {

  private static CronJob job(String moreSpec, Map<String, String> options, String... secretKeys) {
    return LogicalBackups.desired(
        Blueprints.of("  enableLogicalBackup: true\n" + moreSpec, options), List.of(secretKeys));
  }

  private static PodSpec pod(CronJob job) {
    return job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
  }

  private static Container container(CronJob job) {
    return pod(job).getContainers().getFirst();
  }

  private static List<String> variables(CronJob job) {
    return container(job).getEnv().stream().map(EnvVar::getName).toList();
  }

  @Test
  void aLongNameIsCutSoThatItsJobsFit() {
    String name =
        job(
                "",
                Map.of(
                    "logical_backup_job_prefix", "a-prefix-of-forty-seven-characters-and-no-more-"))
            .getMetadata()
            .getName();
    assertThat(name).isEqualTo("a-prefix-of-forty-seven-characters-and-no-more-demo");
    assertThat(
            job(
                    "",
                    Map.of(
                        "logical_backup_job_prefix",
                        "a-prefix-that-ends-in-a-dash-at-the-fiftieth-one--"))
                .getMetadata()
                .getName())
        .hasSize(52);
    assertThat(
            job("", Map.of("logical_backup_job_prefix", "x".repeat(48) + "----"))
                .getMetadata()
                .getName())
        .as("a name may not end in a dash")
        .isEqualTo("x".repeat(48));
  }

  @Test
  void googleIsToldItsCredentialsAndNothingOfAmazon() {
    var job =
        job(
            "",
            Map.of(
                "logical_backup_provider", "gcs",
                "logical_backup_google_application_credentials", "/key.json",
                "logical_backup_s3_region", "eu"));
    assertThat(variables(job))
        .contains("LOGICAL_BACKUP_GOOGLE_APPLICATION_CREDENTIALS")
        .doesNotContain("LOGICAL_BACKUP_S3_REGION");
  }

  @Test
  void azureIsToldItsAccount() {
    var job =
        job(
            "",
            Map.of(
                "logical_backup_provider", "az",
                "logical_backup_azure_storage_account_name", "us",
                "logical_backup_azure_storage_container", "dumps",
                "logical_backup_azure_storage_account_key", "k"));
    assertThat(variables(job))
        .endsWith(
            "LOGICAL_BACKUP_AZURE_STORAGE_ACCOUNT_NAME",
            "LOGICAL_BACKUP_AZURE_STORAGE_CONTAINER",
            "LOGICAL_BACKUP_AZURE_STORAGE_ACCOUNT_KEY");
  }

  @Test
  void keysOfTheAdministratorsSecretComeLastAndWin() {
    var job =
        job(
            "",
            Map.of("logical_backup_cronjob_environment_secret", "extra"),
            "PGSSLMODE",
            "LOGICAL_BACKUP_CONNECT_RETRIES");
    assertThat(variables(job)).endsWith("LOGICAL_BACKUP_CONNECT_RETRIES", "PGSSLMODE");
    assertThat(variables(job)).containsOnlyOnce("PGSSLMODE");
    assertThat(container(job).getEnv().getLast().getValueFrom().getSecretKeyRef().getName())
        .isEqualTo("extra");
  }

  @Test
  void resourcesAreItsOwnAndElseThoseOfDatabasePods() {
    var resources =
        container(
                job(
                    "",
                    Map.of(
                        "logical_backup_cpu_limit", "2",
                        "default_cpu_limit", "1",
                        "default_memory_limit", "500Mi")))
            .getResources();
    assertThat(resources.getLimits())
        .containsOnly(
            Map.entry("cpu", new Quantity("2")), Map.entry("memory", new Quantity("500Mi")));
  }

  @Test
  void theRoleForKube2iamIsOnThePodAndOnTheJobOnlyInCompany() {
    var alone = job("", Map.of("kube_iam_role", "dumper"));
    assertThat(alone.getMetadata().getAnnotations()).isEmpty();
    assertThat(
            alone.getSpec().getJobTemplate().getSpec().getTemplate().getMetadata().getAnnotations())
        .containsEntry("iam.amazonaws.com/role", "dumper");
    var inCompany = job("  podAnnotations: {note: x}\n", Map.of("kube_iam_role", "dumper"));
    assertThat(inCompany.getMetadata().getAnnotations())
        .containsOnlyKeys("note", "iam.amazonaws.com/role");
  }

  @Test
  void itRunsOnReadyNodesWithTheAdministratorsSecretAndWithoutCapabilities() {
    var pod =
        pod(
            job(
                "  nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}\n",
                Map.of(
                    "node_readiness_label", "ready:yes",
                    "additional_secret_mount", "cloud",
                    "additional_secret_mount_path", "/cloud",
                    "additional_pod_capabilities", "sys_nice")));
    assertThat(
            pod.getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms())
        .singleElement()
        .satisfies(
            term -> assertThat(term.getMatchExpressions().getFirst().getKey()).isEqualTo("ready"));
    assertThat(pod.getVolumes()).singleElement().extracting("name").isEqualTo("cloud");
    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .singleElement()
        .extracting("mountPath")
        .isEqualTo("/cloud");
    assertThat(pod.getContainers().getFirst().getSecurityContext().getCapabilities()).isNull();
  }
}
