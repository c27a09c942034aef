package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.ExtensionName;
import dev.pgoperator.pg.plan.ObservedDatabase;
import dev.pgoperator.pg.plan.ObservedDatabase.InstalledExtension;
import dev.pgoperator.pg.plan.ObservedRole;
import dev.pgoperator.pg.plan.ObservedServer;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.SchemaName;
import dev.pgoperator.pg.plan.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Reads the system catalogs, all queries of a session in one round trip. Every name is qualified.
 */
final class Catalog {
  private static final String STATE =
      """
      SELECT pg_catalog.pg_is_in_recovery() AS recovery,
             pg_catalog.current_setting('transaction_read_only') AS read_only,
             pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version,
             current_user::pg_catalog.text AS login""";

  private static final String ROLES_NAMED =
      """
      SELECT r.rolname::pg_catalog.text AS name, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb,
             r.rolcanlogin, r.rolreplication, r.rolbypassrls,
             COALESCE(r.rolpassword, '') AS password,
             s.setconfig AS settings,
             ARRAY(SELECT DISTINCT g.rolname::pg_catalog.text
                     FROM pg_catalog.pg_auth_members m
                     JOIN pg_catalog.pg_authid g ON g.oid OPERATOR(pg_catalog.=) m.roleid
                    WHERE m.member OPERATOR(pg_catalog.=) r.oid) AS groups
        FROM pg_catalog.pg_authid r
        LEFT JOIN pg_catalog.pg_db_role_setting s
          ON s.setrole OPERATOR(pg_catalog.=) r.oid AND s.setdatabase OPERATOR(pg_catalog.=) 0
       WHERE r.rolname OPERATOR(pg_catalog.=) ANY (ARRAY[""";

  private static final String DATABASES =
      """
      SELECT d.datname::pg_catalog.text AS name, pg_catalog.pg_get_userbyid(d.datdba)::pg_catalog.text AS owner
        FROM pg_catalog.pg_database d""";

  private static final String OWN_DATABASE =
      DATABASES + " WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()";

  private static final String SCHEMAS =
      "SELECT n.nspname::pg_catalog.text AS name FROM pg_catalog.pg_namespace n";

  private static final String EXTENSIONS =
      """
      SELECT e.extname::pg_catalog.text AS name, n.nspname::pg_catalog.text AS schema, e.extrelocatable AS relocatable
        FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace""";

  private final Session session;
  private final Tally tally;

  Catalog(Session session, Tally tally) {
    this.session = session;
    this.tally = tally;
  }

  Future<PrimaryState> state() {
    return read(STATE).map(rows -> state(Rows.only(rows)));
  }

  /** The server-wide part; fails with {@link PgFailure.ReadOnly} where nothing could be changed. */
  Future<ObservedServer> server(Collection<RoleName> names) {
    String list =
        names.stream().map(name -> Sql.literal(name.value())).collect(Collectors.joining(", "));
    Future<RowSet<Row>> state = read(STATE);
    Future<RowSet<Row>> roles = read(ROLES_NAMED + list + "]::pg_catalog.name[])");
    Future<RowSet<Row>> databases = read(DATABASES);
    return Future.all(state, roles, databases)
        .map(
            all -> {
              requireWritable(state(Rows.only(state.result())));
              return new ObservedServer(
                  new RoleName(Rows.text(Rows.only(state.result()), "login")),
                  Rows.of(roles.result())
                      .map(Rows::role)
                      .collect(Collectors.toMap(ObservedRole::name, role -> role)),
                  Rows.of(databases.result())
                      .collect(
                          Collectors.toMap(
                              row -> new DatabaseName(Rows.text(row, "name")),
                              row -> new RoleName(Rows.text(row, "owner")))));
            });
  }

  /** The inside of the database that the session is connected to. */
  Future<ObservedDatabase> database() {
    Future<RowSet<Row>> own = read(OWN_DATABASE);
    Future<RowSet<Row>> schemas = read(SCHEMAS);
    Future<RowSet<Row>> extensions = read(EXTENSIONS);
    return Future.all(own, schemas, extensions)
        .map(
            all ->
                new ObservedDatabase(
                    new RoleName(Rows.text(Rows.only(own.result()), "owner")),
                    Rows.of(schemas.result())
                        .map(row -> new SchemaName(Rows.text(row, "name")))
                        .collect(Collectors.toSet()),
                    Rows.of(extensions.result())
                        .collect(
                            Collectors.toMap(
                                row -> new ExtensionName(Rows.text(row, "name")),
                                row ->
                                    new InstalledExtension(
                                        new SchemaName(Rows.text(row, "schema")),
                                        Rows.flag(row, "relocatable"))))));
  }

  private Future<RowSet<Row>> read(String sql) {
    tally.query();
    return session.send(sql, "read the catalog");
  }

  private static PrimaryState state(Row row) {
    boolean recovery = Rows.flag(row, "recovery");
    return new PrimaryState(
        recovery,
        !recovery && Rows.text(row, "read_only").equals("off"),
        row.getInteger("version"));
  }

  private static void requireWritable(PrimaryState state) {
    if (!state.acceptsWrites()) {
      throw new PgFailure.ReadOnly(
          state.inRecovery()
              ? "the server is in recovery"
              : "the server accepts read-only transactions only");
    }
  }
}
