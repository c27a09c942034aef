package dev.pgoperator.model;

import dev.pgoperator.api.Server.Standby;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;

/** Variables that tell Spilo which foreign primary to follow (behaviour.md §8.3). */
final class StandbyVariables {

  private StandbyVariables() {}

  static List<EnvVar> of(Blueprint b) {
    return b.spec().server().standby().map(s -> of(b, s)).orElse(List.of());
  }

  private static List<EnvVar> of(Blueprint b, Standby standby) {
    List<EnvVar> env = new ArrayList<>();
    if (!standby.host().isEmpty()) {
      env.add(Env.value("STANDBY_HOST", standby.host()));
      addSet(env, "STANDBY_PORT", standby.port());
      addSet(env, "STANDBY_PRIMARY_SLOT_NAME", standby.primarySlotName());
    }
    if (!standby.s3WalPath().isEmpty()) {
      archive(env, "STANDBY_WALE_S3_PREFIX", standby.s3WalPath());
    } else if (!standby.gsWalPath().isEmpty()) {
      archive(env, "STANDBY_WALE_GS_PREFIX", standby.gsWalPath());
    }
    String irsa = b.config().objects().podAccount().irsaRoleArn();
    if (!irsa.isEmpty()) {
      env.add(Env.value("STANDBY_AWS_ROLE_ARN", irsa));
      env.add(Env.value("STANDBY_AWS_WEB_IDENTITY_TOKEN_FILE", CloneVariables.TOKEN_FILE));
    }
    return env;
  }

  private static void archive(List<EnvVar> env, String prefixVariable, String path) {
    env.add(Env.value(prefixVariable, path));
    env.add(Env.value("STANDBY_METHOD", "STANDBY_WITH_WALE"));
    env.add(Env.value("STANDBY_WAL_BUCKET_SCOPE_PREFIX", ""));
  }

  private static void addSet(List<EnvVar> env, String name, String value) {
    if (!value.isEmpty()) {
      env.add(Env.value(name, value));
    }
  }
}
