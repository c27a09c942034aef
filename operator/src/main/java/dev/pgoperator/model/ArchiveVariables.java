package dev.pgoperator.model;

import dev.pgoperator.config.ServerSettings.Archive;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;

/** Variables that tell Spilo where to archive WAL and logs (behaviour.md §2.3). */
final class ArchiveVariables {

  private ArchiveVariables() {}

  static List<EnvVar> of(Blueprint b) {
    Archive archive = b.config().server().archive();
    String suffix = suffix(b.cluster().origin().uid());
    List<EnvVar> env = new ArrayList<>();
    target(env, "WAL_S3_BUCKET", archive.s3Bucket(), "WAL", suffix);
    target(env, "WAL_GS_BUCKET", archive.gsBucket(), "WAL", suffix);
    target(env, "AZURE_STORAGE_ACCOUNT", archive.azureStorageAccount(), "WAL", suffix);
    if (!archive.gcpCredentials().isEmpty()) {
      env.add(Env.value("GOOGLE_APPLICATION_CREDENTIALS", archive.gcpCredentials()));
    }
    target(env, "LOG_S3_BUCKET", archive.logS3Bucket(), "LOG", suffix);
    return env;
  }

  /** A cluster made anew under the same name gets a path of its own. */
  static String suffix(String uid) {
    return uid.isEmpty() ? "" : "/" + uid;
  }

  private static void target(
      List<EnvVar> env, String variable, String value, String kind, String suffix) {
    if (!value.isEmpty()) {
      env.add(Env.value(variable, value));
      env.add(Env.value(kind + "_BUCKET_SCOPE_SUFFIX", suffix));
      env.add(Env.value(kind + "_BUCKET_SCOPE_PREFIX", ""));
    }
  }
}
