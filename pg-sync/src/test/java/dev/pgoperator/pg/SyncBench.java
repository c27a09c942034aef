package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Credential;
import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredDatabase;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.RoleFlag;
import dev.pgoperator.pg.plan.RoleName;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * 2,000 roles and 200 databases, for {@code e2e/bench pg-sync}; no test of the build. What the
 * reference sends is counted from its contract (behaviour.md §3.11 to §3.14), not measured: one
 * query of the roles, one of the databases, and a statement for each role and database that is new;
 * in a sync without changes an ALTER ROLE for each role with a SCRAM password; a connection for
 * each statement.
 */
class SyncBench {
  private static final int ROLES = Integer.getInteger("bench.roles", 2_000);
  private static final int DATABASES = Integer.getInteger("bench.databases", 200);
  private static final int PROCESSES = Integer.getInteger("bench.rounds", 10);
  private static final int WARM = 10 * PROCESSES;

  private final List<String> json = new ArrayList<>();
  private Traffic last = new Traffic(0, 0, 0);

  @Test
  void measures() throws Exception {
    Vertx vertx = Vertx.vertx();
    byte[] random = new byte[SaltKey.BYTES];
    new SecureRandom().nextBytes(random);
    Optional<SaltKey> key = Optional.of(new SaltKey(random));
    try (Postgres server = Postgres.start("17", List.of("log_statement = none"))) {
      var first = new PgSync(vertx, PgTimeouts.DEFAULT, key);
      long before = memory();
      report("first sync", times(1, () -> run(first, server)));
      tell("first sync, memory kept afterwards", (memory() - before) / 1024 + " KiB", "");
      reference("first sync", ROLES + DATABASES + 2);
      report(
          "no-op of a new process, with the salt key",
          times(PROCESSES, () -> run(new PgSync(vertx, PgTimeouts.DEFAULT, key), server)));
      report(
          "no-op of a new process, without the salt key",
          times(
              Math.max(1, PROCESSES / 3),
              () -> run(new PgSync(vertx, PgTimeouts.DEFAULT), server)));
      report("no-op of the same process", times(WARM, () -> run(first, server)));
      reference("no-op", ROLES + 2);
    } finally {
      vertx.close().await(20, TimeUnit.SECONDS);
    }
    write();
  }

  private void run(PgSync sync, Postgres server) throws Exception {
    SyncReport report = sync.sync(server.superuser(), wish()).await(10, TimeUnit.MINUTES);
    if (!report.complete()) {
      throw new AssertionError(report.failed() + " " + report.skipped());
    }
    last = report.traffic();
  }

  private static Desired wish() {
    List<DesiredRole> roles =
        IntStream.range(0, ROLES)
            .mapToObj(
                i ->
                    new DesiredRole(
                        name(i),
                        Set.of(RoleFlag.LOGIN),
                        Credential.of("the password of number " + i),
                        i % 10 == 0 ? Set.of() : Set.of(name(i - i % 10)),
                        Set.of(),
                        Map.of()))
            .toList();
    List<DesiredDatabase> databases =
        IntStream.range(0, DATABASES)
            .mapToObj(i -> new DesiredDatabase(new DatabaseName("shop" + i), name(i)))
            .toList();
    return new Desired(roles, databases, List.of(), PasswordEncryption.SCRAM_SHA_256);
  }

  private static RoleName name(int number) {
    return new RoleName("user" + number);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static List<Duration> times(int rounds, Work work) throws Exception {
    List<Duration> times = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long began = System.nanoTime();
      work.run();
      times.add(Duration.ofNanos(System.nanoTime() - began));
    }
    return times;
  }

  private void report(String what, List<Duration> times) {
    long[] sorted = times.stream().mapToLong(Duration::toMillis).sorted().toArray();
    long median = sorted[sorted.length / 2];
    long p99 = sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
    tell(
        what,
        String.format(
            Locale.ROOT,
            "p50 %6d ms   p99 %6d ms   of %d; %d connections, %d queries, %d statements",
            median,
            p99,
            sorted.length,
            last.connections(),
            last.queries(),
            last.statements()),
        String.format(
            Locale.ROOT,
            "{\"what\":\"%s\",\"p50_ms\":%d,\"p99_ms\":%d,\"rounds\":%d,\"connections\":%d,\"queries\":%d,\"statements\":%d}",
            what,
            median,
            p99,
            sorted.length,
            last.connections(),
            last.queries(),
            last.statements()));
  }

  private void reference(String what, int statements) {
    tell(
        what + ", the reference by its contract",
        statements + " statements on " + statements + " connections",
        "{\"what\":\"%s, the reference by its contract\",\"connections\":%d,\"statements\":%d}"
            .formatted(what, statements, statements));
  }

  private void tell(String what, String value, String line) {
    System.out.println("figure  " + what + ": " + value);
    json.add(line);
  }

  private void write() throws IOException {
    json.removeIf(String::isEmpty);
    Files.writeString(
        Path.of("target", "bench-pg-sync.json"), "[\n" + String.join(",\n", json) + "\n]\n");
  }

  /** After a collection. */
  private static long memory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
