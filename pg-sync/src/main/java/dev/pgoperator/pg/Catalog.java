package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.ExtensionName;
import dev.pgoperator.pg.plan.Lookup;
import dev.pgoperator.pg.plan.ObservedDatabase;
import dev.pgoperator.pg.plan.ObservedDatabase.InstalledExtension;
import dev.pgoperator.pg.plan.ObservedRole;
import dev.pgoperator.pg.plan.ObservedServer;
import dev.pgoperator.pg.plan.ObservedServer.ListedDatabase;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.SchemaName;
import dev.pgoperator.pg.plan.TableName;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the system catalogs, all queries of a session in one round trip. */
final class Catalog {
  private final Session session;
  private final Tally tally;

  Catalog(Session session, Tally tally) {
    this.session = session;
    this.tally = tally;
  }

  Future<PrimaryState> state() {
    return read(CatalogSql.STATE).map(rows -> state(Rows.only(rows)));
  }

  /** The server-wide part; fails with {@link PgFailure.ReadOnly} where nothing could be changed. */
  Future<ObservedServer> server(Desired desired) {
    Future<RowSet<Row>> state = read(CatalogSql.STATE);
    Future<RowSet<Row>> roles = read(CatalogSql.roles(desired));
    Future<RowSet<Row>> databases = read(CatalogSql.DATABASES);
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
                              row ->
                                  new ListedDatabase(
                                      new RoleName(Rows.text(row, "owner")),
                                      Rows.flag(row, "open")))));
            });
  }

  /** The inside of the database that the session is connected to. */
  Future<ObservedDatabase> database(Lookup lookup) {
    Future<RowSet<Row>> own = read(CatalogSql.ownDatabase(lookup));
    Future<RowSet<Row>> schemas = read(CatalogSql.SCHEMAS);
    Future<RowSet<Row>> extensions = read(CatalogSql.EXTENSIONS);
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
                                        Rows.flag(row, "relocatable")))),
                    Rows.text(Rows.only(own.result()), "lookup")));
  }

  /**
   * The publications with the prefix that are ours, in the database that the session is connected
   * to.
   */
  Future<Map<String, Set<TableName>>> publications(String prefix) {
    Future<RowSet<Row>> state = read(CatalogSql.STATE);
    Future<RowSet<Row>> publications = read(CatalogSql.publications(prefix));
    return Future.all(state, publications)
        .map(
            all -> {
              requireWritable(state(Rows.only(state.result())));
              return Rows.of(publications.result())
                  .collect(Collectors.toMap(row -> Rows.text(row, "name"), Rows::tables));
            });
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
