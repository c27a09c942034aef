package dev.pgoperator.model;

import dev.pgoperator.api.Server.Tls;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.stream.Collectors;

/** What the container of a pooler is told; its image makes PgBouncer's configuration of it. */
final class PoolerEnvironment {

  private static final String MAX_CLIENTS = "10000";

  private PoolerEnvironment() {}

  static List<EnvVar> of(Blueprint b, Role role, RoleSet roles) {
    PoolerSettings pooler = PoolerSettings.of(b);
    String secret = Names.secret(b.config(), b.name(), pooler.user());
    Env env = new Env();
    env.add(Env.value("PGHOST", Names.service(b.id(), role)));
    env.add(Env.value("PGPORT", String.valueOf(Entrance.PORT)));
    env.add(Env.secret("PGUSER", secret, CredentialSecrets.USERNAME));
    env.add(Env.value("PGSCHEMA", pooler.schema()));
    env.add(Env.secret("PGPASSWORD", secret, CredentialSecrets.PASSWORD));
    env.add(number("PORT", Entrance.PORT));
    env.add(Env.value("CONNECTION_POOLER_MODE", pooler.mode()));
    env.add(number("DEFAULT_SIZE", pooler.defaultSize()));
    env.add(number("MIN_SIZE", pooler.minSize()));
    env.add(number("RESERVE_SIZE", pooler.minSize()));
    env.add(Env.value("CONNECTION_POOLER_MAX_CLIENT_CONN", MAX_CLIENTS));
    env.add(number("MAX_DB_CONN", pooler.connectionsPerPod()));
    String observers =
        roles.infrastructure().stream().map(RoleDefinition::name).collect(Collectors.joining(","));
    if (!observers.isEmpty()) {
      env.add(Env.value("INFRASTRUCTURE_ROLES", observers));
    }
    tls(b.spec().server().tls(), env);
    return env.list();
  }

  private static EnvVar number(String name, int value) {
    return Env.value("CONNECTION_POOLER_" + name, String.valueOf(value));
  }

  private static void tls(Tls tls, Env env) {
    if (!tls.isOn()) {
      return;
    }
    env.add(Env.value("CONNECTION_POOLER_CLIENT_TLS_CRT", TlsFiles.certificate(tls)));
    env.add(Env.value("CONNECTION_POOLER_CLIENT_TLS_KEY", TlsFiles.privateKey(tls)));
    if (!tls.caFile().isEmpty()) {
      env.add(Env.value("CONNECTION_POOLER_CLIENT_CA_FILE", TlsFiles.authority(tls)));
    }
  }
}
