package dev.pgoperator.model;

import dev.pgoperator.api.Server.CloneSource;
import dev.pgoperator.api.Server.S3Source;
import dev.pgoperator.config.ServerSettings.Archive;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;

/** Variables that tell Spilo where a new cluster's data comes from (behaviour.md §8.1). */
final class CloneVariables {

  static final String TOKEN_FILE = "/var/run/secrets/eks.amazonaws.com/serviceaccount/token";

  private CloneVariables() {}

  static List<EnvVar> of(Blueprint b) {
    return b.spec().server().activeClone().map(c -> of(b, c)).orElse(List.of());
  }

  private static List<EnvVar> of(Blueprint b, CloneSource source) {
    List<EnvVar> env = new ArrayList<>();
    env.add(Env.value("CLONE_SCOPE", source.cluster()));
    if (source.timestamp().isEmpty()) {
      baseBackup(b, source, env);
    } else {
      location(b.config().server().archive(), source, env);
      env.add(Env.value("CLONE_METHOD", "CLONE_WITH_WALE"));
      env.add(Env.value("CLONE_TARGET_TIME", source.timestamp()));
      env.add(Env.value("CLONE_WAL_BUCKET_SCOPE_PREFIX", ""));
      s3(source.s3(), env);
    }
    String irsa = b.config().objects().podAccount().irsaRoleArn();
    if (!irsa.isEmpty()) {
      env.add(Env.value("CLONE_AWS_ROLE_ARN", irsa));
      env.add(Env.value("CLONE_AWS_WEB_IDENTITY_TOKEN_FILE", TOKEN_FILE));
    }
    return env;
  }

  private static void baseBackup(Blueprint b, CloneSource source, List<EnvVar> env) {
    String user = b.config().roles().system().replication();
    env.add(Env.value("CLONE_METHOD", "CLONE_WITH_BASEBACKUP"));
    env.add(Env.value("CLONE_HOST", source.cluster()));
    env.add(Env.value("CLONE_PORT", "5432"));
    env.add(Env.value("CLONE_USER", user));
    env.add(
        Env.secret("CLONE_PASSWORD", Names.secret(b.config(), source.cluster(), user), "password"));
  }

  private static void location(Archive archive, CloneSource source, List<EnvVar> env) {
    if (!source.s3WalPath().isEmpty()) {
      env.add(Env.value("CLONE_WALE_S3_PREFIX", source.s3WalPath()));
      return;
    }
    if (!archive.s3Bucket().isEmpty()) {
      env.add(Env.value("CLONE_WAL_S3_BUCKET", archive.s3Bucket()));
    } else if (!archive.gsBucket().isEmpty()) {
      env.add(Env.value("CLONE_WAL_GS_BUCKET", archive.gsBucket()));
      if (!archive.gcpCredentials().isEmpty()) {
        env.add(Env.value("CLONE_GOOGLE_APPLICATION_CREDENTIALS", archive.gcpCredentials()));
      }
    } else if (!archive.azureStorageAccount().isEmpty()) {
      env.add(Env.value("CLONE_AZURE_STORAGE_ACCOUNT", archive.azureStorageAccount()));
    }
    env.add(Env.value("CLONE_WAL_BUCKET_SCOPE_SUFFIX", ArchiveVariables.suffix(source.uid())));
  }

  private static void s3(S3Source s3, List<EnvVar> env) {
    if (!s3.endpoint().isEmpty()) {
      env.add(Env.value("CLONE_AWS_ENDPOINT", s3.endpoint()));
      env.add(Env.value("CLONE_WALE_S3_ENDPOINT", s3.endpoint()));
    }
    if (!s3.accessKeyId().isEmpty()) {
      env.add(Env.value("CLONE_AWS_ACCESS_KEY_ID", s3.accessKeyId()));
    }
    if (!s3.secretAccessKey().isEmpty()) {
      env.add(Env.value("CLONE_AWS_SECRET_ACCESS_KEY", s3.secretAccessKey().reveal()));
    }
    if (s3.forcePathStyle().isSet()) {
      env.add(
          Env.value("CLONE_AWS_S3_FORCE_PATH_STYLE", s3.forcePathStyle().or(false) ? "1" : "0"));
    }
  }
}
