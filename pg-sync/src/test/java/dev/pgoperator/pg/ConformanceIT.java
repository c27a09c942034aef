package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.Wishes;
import dev.pgoperator.pg.plan.Yaml;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The SQL side of the cases that were recorded from the reference operator. */
class ConformanceIT {
  private static final Vertx VERTX = Vertx.vertx();

  /** What the reference's image brings along. */
  private static final String IMAGE =
      """
      CREATE ROLE cron_admin; CREATE ROLE admin CREATEDB IN ROLE cron_admin; CREATE ROLE robot_zmon; CREATE ROLE zalandos;
      CREATE ROLE standby LOGIN REPLICATION PASSWORD 'follower'""";

  static Stream<Arguments> cases() {
    List<String> versions = List.of("13", "14", "15", "16", "17", "18");
    return Stream.of(
            "v02-complete", "v03-pooler-both", "v04-prepared-databases", "v12-patroni-parameters")
        .flatMap(name -> versions.stream().map(version -> Arguments.of(name, version)));
  }

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @ParameterizedTest(name = "{0} on PostgreSQL {1}")
  @MethodSource("cases")
  void makesTheSameFactsAsTheReference(String name, String version) throws Exception {
    Desired desired = Wishes.of(Yaml.resource("/conformance/" + name + "/want.yaml"));
    var sessions = new Sessions(VERTX);
    try (Postgres server =
        Postgres.start(version, List.of("password_encryption = '" + encryption(desired) + "'"))) {
      sessions.sql(server.superuser(), "postgres", IMAGE);
      var sync = new PgSync(VERTX, PgTimeouts.DEFAULT);

      SyncReport first = sync.sync(server.superuser(), desired).await(30, TimeUnit.SECONDS);
      SyncReport second = sync.sync(server.superuser(), desired).await(30, TimeUnit.SECONDS);

      assertThat(first.failed()).isEmpty();
      assertThat(first.skipped()).isEmpty();
      assertThat(second.applied()).isEmpty();
      assertThat(second.traffic().statements()).isZero();
      assertThat(ours(Facts.of(sessions, server.superuser()), version))
          .containsExactlyInAnyOrderElementsOf(
              ours(Facts.recorded(Yaml.resource("/conformance/" + name + "/sql.yaml")), version));
    }
  }

  /** Before 15 the server itself gave its schema public to another role than the recorded one. */
  private static List<String> ours(Collection<String> facts, String version) {
    return facts.stream()
        .filter(fact -> Integer.parseInt(version) >= 15 || !fact.contains(": schema public of "))
        .toList();
  }

  private static String encryption(Desired desired) {
    return switch (desired.encryption()) {
      case MD5 -> "md5";
      case SCRAM_SHA_256 -> "scram-sha-256";
    };
  }
}
