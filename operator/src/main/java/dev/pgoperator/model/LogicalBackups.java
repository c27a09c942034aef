package dev.pgoperator.model;

import dev.pgoperator.api.Pods.Resources;
import dev.pgoperator.config.AddOnSettings.Job;
import dev.pgoperator.config.Amounts;
import dev.pgoperator.config.PodSettings.ResourceRules;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The CronJob that writes dumps of a cluster to an object store (behaviour.md §9). */
public final class LogicalBackups {

  private static final String CONTAINER = "logical-backup";

  private LogicalBackups() {}

  /**
   * The CronJob of a cluster that wants one.
   *
   * @param secretKeys keys of the Secret {@code logical_backup_cronjob_environment_secret}
   */
  public static CronJob desired(Blueprint b, List<String> secretKeys) {
    Job job = b.config().addOns().logicalBackup().job();
    Map<String, String> labels = Labels.logicalBackup(b);
    Map<String, String> annotations = annotations(b);
    CronJobSpec spec = new CronJobSpec();
    spec.setSchedule(schedule(b, job));
    spec.setConcurrencyPolicy("Forbid");
    spec.setSuccessfulJobsHistoryLimit(job.history().successful());
    spec.setFailedJobsHistoryLimit(job.history().failed());
    spec.setJobTemplate(job(job, labels, annotations, template(b, labels, secretKeys)));
    CronJob cronJob = new CronJob();
    cronJob.setMetadata(
        Metadata.of(b, Names.logicalBackup(b.config(), b.id()), labels, annotations));
    cronJob.setSpec(spec);
    return cronJob;
  }

  private static JobTemplateSpec job(
      Job job,
      Map<String, String> labels,
      Map<String, String> annotations,
      PodTemplateSpec template) {
    ObjectMeta metadata = new ObjectMeta();
    metadata.setLabels(labels);
    metadata.setAnnotations(annotations);
    JobSpec spec = new JobSpec();
    spec.setTtlSecondsAfterFinished(job.history().ttlSeconds());
    spec.setTemplate(template);
    return new JobTemplateSpec(metadata, spec);
  }

  private static String schedule(Blueprint b, Job job) {
    String own = b.spec().server().logicalBackup().schedule();
    return own.isEmpty() ? job.schedule() : own;
  }

  /**
   * Of the CronJob and its jobs. The role for kube2iam, which only pods need, has always been among
   * them when there were others, and was not when it would have been alone.
   */
  private static Map<String, String> annotations(Blueprint b) {
    Map<String, String> annotations = new TreeMap<>(Annotations.pod(b));
    if (annotations.size() == 1) {
      annotations.remove(Annotations.IAM_ROLE);
    }
    return annotations;
  }

  private static PodTemplateSpec template(
      Blueprint b, Map<String, String> labels, List<String> secretKeys) {
    PodVolumes volumes = PodVolumes.withoutData(b);
    Container container = container(b, secretKeys);
    volumes.mountIn(container);
    PodSpec spec = PodTemplates.spec(b);
    spec.setRestartPolicy("Never");
    spec.setSecurityContext(PodTemplates.security(b));
    spec.setTolerations(PodTemplates.tolerations(b));
    spec.setAffinity(Affinities.near(b, labels));
    spec.setTopologySpreadConstraints(b.spec().pods().scheduling().topologySpreadConstraints());
    spec.setContainers(List.of(container));
    spec.setVolumes(volumes.volumes());
    return new PodTemplateSpec(Metadata.unnamed(b.namespace(), labels, Annotations.pod(b)), spec);
  }

  private static Container container(Blueprint b, List<String> secretKeys) {
    Container container = new Container();
    container.setName(CONTAINER);
    container.setImage(b.config().addOns().logicalBackup().job().image());
    container.setImagePullPolicy("IfNotPresent");
    container.setPorts(DatabaseContainers.ports());
    container.setResources(resources(b));
    container.setSecurityContext(DatabaseContainers.security(b.config().pods().security()));
    container.setEnv(BackupEnvironment.of(b, secretKeys));
    return container;
  }

  /** The options of the backup, and where they are empty those of database pods. */
  private static ResourceRequirements resources(Blueprint b) {
    ResourceRules rules = b.config().pods().resources();
    Amounts own = b.config().addOns().logicalBackup().job().resources();
    Resources asked =
        new Resources(
            Map.of("cpu", own.cpuRequest(), "memory", own.memoryRequest()),
            Map.of("cpu", own.cpuLimit(), "memory", own.memoryLimit()));
    return ContainerResources.other(asked, rules.defaults(), rules).value();
  }
}
