package dev.pgoperator.model;

import dev.pgoperator.api.Server.Tls;
import dev.pgoperator.config.RoleSettings.SystemRoles;
import dev.pgoperator.config.ServerSettings.Consensus;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;

/** The environment of the database container, stage by stage (behaviour.md §2.1, §2.2). */
final class DatabaseEnvironment {

  private DatabaseEnvironment() {}

  static List<EnvVar> of(Blueprint b) {
    Env env = new Env();
    core(b, env);
    conditional(b, env);
    b.spec().pods().containers().env().forEach(env::add);
    CloneVariables.of(b).forEach(env::override);
    StandbyVariables.of(b).forEach(env::override);
    String secret = b.config().pods().mounts().environmentSecret();
    b.environment().secretKeys().forEach(key -> env.add(Env.secret(key, secret, key)));
    b.environment().variables().forEach((name, value) -> env.add(Env.value(name, value)));
    ArchiveVariables.of(b).forEach(env::add);
    tls(b.spec().server().tls(), env);
    return env.list();
  }

  private static void core(Blueprint b, Env env) {
    SystemRoles system = b.config().roles().system();
    env.add(Env.value("SCOPE", b.name()));
    env.add(Env.value("PGROOT", PodVolumes.DATA_PATH + "/pgroot"));
    env.add(Env.field("POD_IP", "status.podIP"));
    env.add(Env.field("POD_NAMESPACE", "metadata.namespace"));
    env.add(Env.value("PGUSER_SUPERUSER", system.superuser()));
    env.add(Env.value("KUBERNETES_SCOPE_LABEL", b.config().objects().labels().clusterName()));
    env.add(Env.value("KUBERNETES_ROLE_LABEL", b.config().objects().labels().podRole()));
    env.add(Env.secret("PGPASSWORD_SUPERUSER", Names.superuserSecret(b), "password"));
    env.add(Env.value("PGUSER_STANDBY", system.replication()));
    String replicationSecret = Names.secret(b.config(), b.name(), system.replication());
    env.add(Env.secret("PGPASSWORD_STANDBY", replicationSecret, "password"));
    env.add(Env.value("PAM_OAUTH2", b.config().roles().pam().configuration()));
    env.add(Env.value("HUMAN_ROLE", b.config().roles().pam().roleName()));
  }

  private static void conditional(Blueprint b, Env env) {
    if (b.config().pods().image().walPathCompat()) {
      env.add(Env.value("ENABLE_WAL_PATH_COMPAT", "true"));
    }
    if (b.config().pods().image().versionVariable()) {
      env.add(Env.value("PGVERSION", MajorVersions.wanted(b)));
    }
    env.add(Env.value("KUBERNETES_LABELS", Json.write(b.config().objects().labels().cluster())));
    env.add(Env.value(SpiloConfiguration.VARIABLE, SpiloConfiguration.of(b)));
    Consensus consensus = b.config().server().consensus();
    if (consensus.onEtcd()) {
      env.add(Env.value("ETCD_HOST", consensus.etcdHost()));
      return;
    }
    env.add(Env.value("DCS_ENABLE_KUBERNETES_API", "true"));
    if (b.config().objects().budgets().enabled()) {
      env.add(
          Env.value(
              "KUBERNETES_BOOTSTRAP_LABELS", "{\"" + Labels.CRITICAL_OPERATION + "\":\"true\"}"));
    }
    if (consensus.onConfigMaps()) {
      env.add(Env.value("KUBERNETES_USE_CONFIGMAPS", "true"));
    }
  }

  private static void tls(Tls tls, Env env) {
    if (!tls.isOn()) {
      return;
    }
    env.add(Env.value("SSL_CERTIFICATE_FILE", TlsFiles.certificate(tls)));
    env.add(Env.value("SSL_PRIVATE_KEY_FILE", TlsFiles.privateKey(tls)));
    if (!tls.caFile().isEmpty()) {
      env.add(Env.value("SSL_CA_FILE", TlsFiles.authority(tls)));
    }
  }
}
