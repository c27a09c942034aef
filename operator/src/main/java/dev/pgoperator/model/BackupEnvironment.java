package dev.pgoperator.model;

import dev.pgoperator.config.AddOnSettings.Azure;
import dev.pgoperator.config.AddOnSettings.S3;
import dev.pgoperator.config.AddOnSettings.Target;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;

/** What the container of a logical backup is told (behaviour.md §9.2). */
final class BackupEnvironment {

  private BackupEnvironment() {}

  /** Keys of the administrator's secret come last and win, as the last of two equal names does. */
  static List<EnvVar> of(Blueprint b, List<String> secretKeys) {
    Env env = new Env();
    server(b, env);
    Target target = b.config().addOns().logicalBackup().target();
    env.add(Env.value("LOGICAL_BACKUP_PROVIDER", target.provider()));
    env.add(Env.value("LOGICAL_BACKUP_S3_BUCKET", target.s3().bucket()));
    env.add(Env.value("LOGICAL_BACKUP_S3_BUCKET_PREFIX", target.s3().bucketPrefix()));
    env.add(
        Env.value(
            "LOGICAL_BACKUP_S3_BUCKET_SCOPE_SUFFIX",
            ArchiveVariables.suffix(b.cluster().origin().uid())));
    switch (target.provider()) {
      case "gcs" ->
          addSet(env, "LOGICAL_BACKUP_GOOGLE_APPLICATION_CREDENTIALS", target.googleCredentials());
      case "az" -> azure(env, target.azure());
      default -> s3(env, target.s3(), retention(b, target));
    }
    String secret = b.config().addOns().logicalBackup().job().environmentSecret();
    secretKeys.stream().sorted().forEach(key -> env.override(Env.secret(key, secret, key)));
    return env.list();
  }

  private static void server(Blueprint b, Env env) {
    String superuser = b.config().roles().system().superuser();
    env.add(Env.value("SCOPE", b.name()));
    env.add(Env.value("CLUSTER_NAME_LABEL", b.config().objects().labels().clusterName()));
    env.add(Env.field("POD_NAMESPACE", "metadata.namespace"));
    env.add(Env.value("PG_VERSION", b.spec().server().postgresql().version()));
    env.add(Env.value("PGPORT", "5432"));
    env.add(Env.value("PGUSER", superuser));
    // Not a mistake of ours: the database of the superuser's name.
    env.add(Env.value("PGDATABASE", superuser));
    env.add(Env.value("PGSSLMODE", "require"));
    env.add(Env.secret("PGPASSWORD", Names.superuserSecret(b), CredentialSecrets.PASSWORD));
  }

  private static String retention(Blueprint b, Target target) {
    String own = b.spec().server().logicalBackup().retention();
    return own.isEmpty() ? target.retentionTime() : own;
  }

  /** The first four are there even when they are empty. */
  private static void s3(Env env, S3 s3, String retention) {
    env.add(Env.value("LOGICAL_BACKUP_S3_REGION", s3.region()));
    env.add(Env.value("LOGICAL_BACKUP_S3_ENDPOINT", s3.endpoint()));
    env.add(Env.value("LOGICAL_BACKUP_S3_SSE", s3.sse()));
    env.add(Env.value("LOGICAL_BACKUP_S3_RETENTION_TIME", retention));
    addSet(env, "AWS_ACCESS_KEY_ID", s3.keys().accessKeyId());
    addSet(env, "AWS_SECRET_ACCESS_KEY", s3.keys().secretAccessKey().reveal());
  }

  private static void azure(Env env, Azure azure) {
    env.add(Env.value("LOGICAL_BACKUP_AZURE_STORAGE_ACCOUNT_NAME", azure.accountName()));
    env.add(Env.value("LOGICAL_BACKUP_AZURE_STORAGE_CONTAINER", azure.container()));
    addSet(env, "LOGICAL_BACKUP_AZURE_STORAGE_ACCOUNT_KEY", azure.accountKey().reveal());
  }

  private static void addSet(Env env, String name, String value) {
    if (!value.isEmpty()) {
      env.add(Env.value(name, value));
    }
  }
}
