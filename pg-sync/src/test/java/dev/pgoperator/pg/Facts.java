package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Yaml;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one can find out about roles and databases, as one line per fact: read from a server, or
 * from the file that was recorded from the reference.
 */
final class Facts {
  private static final List<String> FLAGS =
      List.of("super", "inherit", "createrole", "createdb", "login", "replication", "bypassrls");

  private Facts() {}

  static Set<String> recorded(Yaml file) {
    Set<String> facts = new TreeSet<>();
    for (Yaml role : file.at("roles").items()) {
      facts.add(
          role(
              role.at("name").text(),
              FLAGS.stream().filter(flag -> role.at(flag).flag(false)).toList(),
              role.at("member_of").texts(),
              role.at("config").texts(),
              role.at("password").text()));
    }
    for (Yaml database : file.at("databases").items()) {
      facts.add("database " + database.at("name").text() + " of " + database.at("owner").text());
    }
    for (String database : file.at("per_database").keys()) {
      Yaml inside = file.at("per_database").at(database);
      for (Yaml schema : inside.at("schemas").items()) {
        facts.add(
            schema(
                database,
                schema.at("name").text(),
                schema.at("owner").text(),
                schema.at("acl").texts()));
      }
      for (Yaml extension : inside.at("extensions").items()) {
        facts.add(
            "%s: extension %s in %s"
                .formatted(database, extension.at("name").text(), extension.at("schema").text()));
      }
      for (Yaml privileges : inside.at("default_privileges").items()) {
        String schema =
            privileges.at("schema").present() ? privileges.at("schema").text() : "everywhere";
        facts.add(
            defaults(
                database,
                privileges.at("owner").text() + " " + schema + " " + privileges.at("type").text(),
                privileges.at("acl").texts()));
      }
      for (Yaml function : inside.at("lookup_functions").items()) {
        facts.add(
            "%s: function %s.%s(%s) of %s definer=%s %s"
                .formatted(
                    database,
                    function.at("schema").text(),
                    function.at("name").text(),
                    function.at("args").text(),
                    function.at("owner").text(),
                    function.at("security_definer").flag(false),
                    sorted(function.at("acl").texts())));
      }
    }
    return facts;
  }

  static Set<String> of(Sessions sessions, PgEndpoint server) {
    Set<String> facts = new TreeSet<>();
    for (Row row : sessions.sql(server, "postgres", FactsSql.ROLES)) {
      facts.add(
          role(
              row.getString("name"),
              FLAGS.stream().filter(row::getBoolean).toList(),
              texts(row, "member_of"),
              texts(row, "config"),
              row.getString("password")));
    }
    for (Row row : sessions.sql(server, "postgres", FactsSql.DATABASES)) {
      String database = row.getString("name");
      facts.add("database " + database + " of " + row.getString("owner"));
      if (!row.getBoolean("open")) {
        continue;
      }
      for (Row schema : sessions.sql(server, database, FactsSql.SCHEMAS)) {
        facts.add(
            schema(
                database,
                schema.getString("name"),
                schema.getString("owner"),
                texts(schema, "acl")));
      }
      for (Row extension : sessions.sql(server, database, FactsSql.EXTENSIONS)) {
        facts.add(
            "%s: extension %s in %s"
                .formatted(database, extension.getString("name"), extension.getString("schema")));
      }
      for (Row privileges : sessions.sql(server, database, FactsSql.DEFAULTS)) {
        facts.add(defaults(database, privileges.getString("what"), texts(privileges, "acl")));
      }
      for (Row function : sessions.sql(server, database, FactsSql.FUNCTIONS)) {
        facts.add(
            "%s: function %s of %s definer=%s %s"
                .formatted(
                    database,
                    function.getString("signature"),
                    function.getString("owner"),
                    function.getBoolean("definer"),
                    sorted(texts(function, "acl"))));
      }
    }
    return facts;
  }

  /**
   * Passwords of roles that cannot log in are left out: the reference makes up one at every start.
   */
  private static String role(
      String name, List<String> flags, List<String> groups, List<String> config, String password) {
    String shown = flags.contains("login") ? password : "not asked";
    return "role %s %s memberOf=%s config=%s password=%s"
        .formatted(name, flags, sorted(groups), sorted(config), shown);
  }

  private static String schema(String database, String name, String owner, List<String> acl) {
    return "%s: schema %s of %s %s".formatted(database, name, owner, sorted(acl));
  }

  /**
   * The privilege MAINTAIN ({@code m}) came with PostgreSQL 17 and is part of an owner's rights
   * there.
   */
  private static String defaults(String database, String what, List<String> acl) {
    return "%s: default %s %s"
        .formatted(
            database,
            what,
            sorted(acl.stream().map(item -> item.replace("arwdDxtm", "arwdDxt")).toList()));
  }

  private static String sorted(List<String> texts) {
    return texts.stream().sorted().collect(Collectors.joining(", ", "[", "]"));
  }

  private static List<String> texts(Row row, String column) {
    String[] values = row.getArrayOfStrings(column);
    return values == null ? List.of() : List.of(values);
  }
}
