package dev.pgoperator.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pg.plan.Credential;
import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.ExtensionName;
import dev.pgoperator.pg.plan.PasswordEncryption;
import dev.pgoperator.pg.plan.PreparedDatabase;
import dev.pgoperator.pg.plan.PreparedSchema;
import dev.pgoperator.pg.plan.RoleFlag;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.SchemaName;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HostileIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Sessions SESSIONS = new Sessions(VERTX);
  private static Postgres server;
  private final PgSync sync = new PgSync(VERTX, PgTimeouts.DEFAULT);

  @BeforeAll
  static void start() {
    server = Postgres.start("17");
    SESSIONS.sql(server.superuser(), "postgres", "CREATE ROLE admin");
  }

  @AfterAll
  static void stop() {
    server.close();
    VERTX.close();
  }

  @Test
  void namesMayContainAnything() throws Exception {
    List<String> names =
        List.of(
            "quote\"d",
            "apos'trophe",
            "back\\slash'",
            "line\nbreak",
            "Ünïcødé ☃",
            "semi; DROP ROLE admin; --",
            "dollar$$quote",
            "é".repeat(31) + "x");
    List<DesiredRole> roles = new ArrayList<>();
    names.forEach(
        name ->
            roles.add(
                new DesiredRole(
                    new RoleName(name),
                    Set.of(RoleFlag.LOGIN),
                    Credential.of("pass '\\ word"),
                    Set.of(new RoleName("admin")),
                    Set.of(),
                    Map.of("search_path", "\"$user\", \"o'dd\\\"", "myapp.name", "it's \\ fine"))));
    Desired desired = new Desired(roles, List.of(), List.of(), PasswordEncryption.SCRAM_SHA_256);

    SyncReport first = sync.sync(server.superuser(), desired).await(20, TimeUnit.SECONDS);
    SyncReport second = sync.sync(server.superuser(), desired).await(20, TimeUnit.SECONDS);

    assertThat(first.failed()).isEmpty();
    assertThat(second.applied()).isEmpty();
    assertThat(
            SESSIONS.sql(
                server.superuser(), "postgres", "SELECT rolname::text AS name FROM pg_roles"))
        .extracting(row -> row.getString("name"))
        .containsAll(names);
    sync.verifyLogin(server.login("back\\slash'", "pass '\\ word")).await(20, TimeUnit.SECONDS);
  }

  @Test
  void aNameThatTheServerWouldCutIsLeftOut() throws Exception {
    Desired desired =
        new Desired(
            List.of(DesiredRole.of(new RoleName("é".repeat(32)), Set.of(), Credential.none())),
            List.of(),
            List.of(),
            PasswordEncryption.SCRAM_SHA_256);

    SyncReport report = sync.sync(server.superuser(), desired).await(20, TimeUnit.SECONDS);

    assertThat(report.traffic().statements()).isZero();
    assertThat(report.skipped())
        .singleElement()
        .satisfies(skipped -> assertThat(skipped.reason()).contains("63 bytes"));
  }

  @Test
  void whatATenantPlacesInItsDatabaseIsNeverCalled() throws Exception {
    Desired plain = tenant(Map.of(new SchemaName("data"), PreparedSchema.DEFAULT), Map.of());
    sync.sync(server.superuser(), plain).await(20, TimeUnit.SECONDS);
    SESSIONS.sql(
        server.superuser(),
        "tenant",
        """
        CREATE TABLE public.caught (what text);
        GRANT ALL ON public.caught TO public;
        CREATE FUNCTION public.trap(what text) RETURNS boolean LANGUAGE sql AS
          'INSERT INTO public.caught VALUES (what); SELECT true';
        CREATE FUNCTION public.pg_get_userbyid(oid) RETURNS name LANGUAGE sql AS
          'INSERT INTO public.caught VALUES (''owner''); SELECT ''stranger''::name';
        CREATE FUNCTION public.current_database() RETURNS name LANGUAGE sql AS
          'INSERT INTO public.caught VALUES (''database''); SELECT ''stranger''::name';
        CREATE FUNCTION public.same(name, name) RETURNS boolean LANGUAGE sql AS
          'INSERT INTO public.caught VALUES (''operator''); SELECT true';
        CREATE OPERATOR public.= (LEFTARG = name, RIGHTARG = name, FUNCTION = public.same);
        CREATE TABLE public.pg_namespace AS SELECT * FROM pg_catalog.pg_namespace LIMIT 0;
        CREATE TABLE public.pg_extension AS SELECT 'hstore'::name AS extname;
        ALTER DATABASE tenant SET search_path = public, pg_catalog;
        ALTER DATABASE tenant SET standard_conforming_strings = off;
        ALTER DATABASE tenant SET statement_timeout = 1;
        ALTER DATABASE tenant SET lock_timeout = 1;
        ALTER DATABASE tenant SET role = 'admin'""");

    Desired more =
        tenant(
            Map.of(
                new SchemaName("data"),
                PreparedSchema.DEFAULT,
                new SchemaName("back\\'slash"),
                PreparedSchema.DEFAULT),
            Map.of(new ExtensionName("hstore"), new SchemaName("data")));
    SyncReport report = sync.sync(server.superuser(), more).await(20, TimeUnit.SECONDS);
    SyncReport again = sync.sync(server.superuser(), more).await(20, TimeUnit.SECONDS);

    assertThat(report.failed()).isEmpty();
    assertThat(again.applied()).isEmpty();
    SESSIONS.sql(server.superuser(), "postgres", "ALTER DATABASE tenant RESET ALL");
    assertThat(SESSIONS.sql(server.superuser(), "tenant", "SELECT what FROM public.caught"))
        .isEmpty();
    assertThat(
            SESSIONS.sql(
                server.superuser(),
                "tenant",
                "SELECT 1 FROM pg_namespace WHERE nspname = E'back\\\\''slash'"))
        .hasSize(1);
  }

  private static Desired tenant(
      Map<SchemaName, PreparedSchema> schemas, Map<ExtensionName, SchemaName> extensions) {
    var database = new PreparedDatabase(new DatabaseName("tenant"), false, schemas, extensions);
    return new Desired(
        database.roles(name -> Credential.none()),
        List.of(),
        List.of(database),
        PasswordEncryption.SCRAM_SHA_256);
  }
}
