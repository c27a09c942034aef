package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.ObservedRole;
import dev.pgoperator.pg.plan.RoleFlag;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.SchemaName;
import dev.pgoperator.pg.plan.Secret;
import dev.pgoperator.pg.plan.TableName;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Turns rows of the catalog queries into what was observed. */
final class Rows {
  private static final Map<String, RoleFlag> FLAG_COLUMNS =
      Map.of(
          "rolsuper", RoleFlag.SUPERUSER,
          "rolinherit", RoleFlag.INHERIT,
          "rolcreaterole", RoleFlag.CREATEROLE,
          "rolcreatedb", RoleFlag.CREATEDB,
          "rolcanlogin", RoleFlag.LOGIN,
          "rolreplication", RoleFlag.REPLICATION,
          "rolbypassrls", RoleFlag.BYPASSRLS);

  private Rows() {}

  static Stream<Row> of(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }

  static Row only(RowSet<Row> rows) {
    return rows.iterator().next();
  }

  static String text(Row row, String column) {
    return row.getString(column);
  }

  static boolean flag(Row row, String column) {
    return row.getBoolean(column);
  }

  static ObservedRole role(Row row) {
    Set<RoleFlag> attributes = EnumSet.noneOf(RoleFlag.class);
    FLAG_COLUMNS.forEach(
        (column, flag) -> {
          if (flag(row, column)) {
            attributes.add(flag);
          }
        });
    Set<RoleName> groups =
        Arrays.stream(row.getArrayOfStrings("groups"))
            .map(RoleName::new)
            .collect(Collectors.toSet());
    return new ObservedRole(
        new RoleName(text(row, "name")),
        attributes,
        new Secret(text(row, "password")),
        groups,
        settings(row),
        text(row, "comment"));
  }

  static Set<TableName> tables(Row row) {
    String[] schemas = row.getArrayOfStrings("schemas");
    String[] names = row.getArrayOfStrings("tables");
    Set<TableName> tables = new TreeSet<>();
    for (int i = 0; i < names.length; i++) {
      tables.add(new TableName(new SchemaName(schemas[i]), names[i]));
    }
    return tables;
  }

  /** {@code setconfig} holds {@code name=value}; a value may contain further equals signs. */
  private static Map<String, String> settings(Row row) {
    Map<String, String> settings = new HashMap<>();
    String[] entries = row.getArrayOfStrings("settings");
    for (String entry : entries == null ? new String[0] : entries) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        settings.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return settings;
  }
}
