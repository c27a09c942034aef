package dev.pgoperator.api;

import dev.pgoperator.api.Server.CloneSource;
import dev.pgoperator.api.Server.Engine;
import dev.pgoperator.api.Server.Failover;
import dev.pgoperator.api.Server.LogicalBackup;
import dev.pgoperator.api.Server.Patroni;
import dev.pgoperator.api.Server.S3Source;
import dev.pgoperator.api.Server.Standby;
import dev.pgoperator.api.Server.Synchronous;
import dev.pgoperator.api.Server.Timing;
import dev.pgoperator.api.Server.Tls;
import java.util.Map;

/** Decodes what concerns the database server. */
final class ServerDecoder {

  private static final long UINT32 = 0xFFFFFFFFL;

  private ServerDecoder() {}

  static Server decode(Fields spec) {
    spec.requirePresence("postgresql", "an object");
    Server server =
        new Server(
            spec.optional("postgresql", ServerDecoder::engine).orElseGet(() -> engine(empty())),
            spec.optional("patroni", ServerDecoder::patroni).orElseGet(() -> patroni(empty())),
            spec.optional("clone", ServerDecoder::cloneSource),
            spec.optional("standby", ServerDecoder::standby),
            spec.optional("tls", ServerDecoder::tls).orElseGet(() -> tls(empty())),
            new LogicalBackup(
                spec.flag("enableLogicalBackup"),
                spec.text("logicalBackupRetention"),
                spec.text("logicalBackupSchedule")));
    return server;
  }

  /** An absent group; its own problems would be about fields nobody was asked for. */
  private static Fields empty() {
    return new Fields("", Map.of(), new Findings());
  }

  private static Engine engine(Fields f) {
    f.requirePresence("version", "a major version from 13 to 18");
    return new Engine(f.text("version", Rules::version), f.texts("parameters"));
  }

  private static Patroni patroni(Fields f) {
    return new Patroni(
        f.texts("initdb"),
        f.textList("pg_hba"),
        new Timing(
            f.whole("ttl", 0, UINT32).orElse(0),
            f.whole("loop_wait", 0, UINT32).orElse(0),
            f.whole("retry_timeout", 0, UINT32).orElse(0)),
        f.textMaps("slots"),
        new Synchronous(
            f.flag("synchronous_mode"),
            f.flag("synchronous_mode_strict"),
            f.whole("synchronous_node_count", 0, UINT32).orElse(0)),
        new Failover(
            f.whole("maximum_lag_on_failover", 0, Long.MAX_VALUE).orElse(0),
            f.toggle("failsafe_mode")));
  }

  private static CloneSource cloneSource(Fields f) {
    f.requirePresence("cluster", "the name of the source cluster");
    String timestamp = f.text("timestamp", Rules::timestamp);
    // Only a base backup connects to the source as a service; for a restore the name is just a part
    // of a path.
    String cluster =
        timestamp.isEmpty()
            ? f.text("cluster", Rules.dnsLabel(Rules.LONGEST_SERVICE_NAME))
            : f.text("cluster");
    return new CloneSource(
        cluster,
        f.text("uid"),
        timestamp,
        f.text("s3_wal_path"),
        new S3Source(
            f.text("s3_endpoint"),
            f.text("s3_access_key_id"),
            f.secret("s3_secret_access_key"),
            f.toggle("s3_force_path_style")));
  }

  private static Standby standby(Fields f) {
    Standby standby =
        new Standby(
            f.text("s3_wal_path"),
            f.text("gs_wal_path"),
            f.text("standby_host"),
            f.text("standby_port"),
            f.text("standby_primary_slot_name"));
    if (!standby.s3WalPath().isEmpty() && !standby.gsWalPath().isEmpty()) {
      f.problem("gs_wal_path", "a path beside s3_wal_path", "only one of the two");
    }
    if (standby.s3WalPath().isEmpty()
        && standby.gsWalPath().isEmpty()
        && standby.host().isEmpty()) {
      f.problem("standby_host", "nothing", "one of standby_host, s3_wal_path and gs_wal_path");
    }
    return standby;
  }

  private static Tls tls(Fields f) {
    return new Tls(
        f.text("secretName"),
        f.text("certificateFile"),
        f.text("privateKeyFile"),
        f.text("caFile"),
        f.text("caSecretName"));
  }
}
