package dev.pgoperator.api;

import dev.pgoperator.api.Access.PreparedDatabase;
import dev.pgoperator.api.Access.PreparedSchema;
import dev.pgoperator.api.Access.Rotation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Decodes roles and databases. */
final class AccessDecoder {

  private static final Map<String, PreparedSchema> DATA =
      Map.of("data", new PreparedSchema(true, false));

  private AccessDecoder() {}

  static Access decode(ClusterId id, Fields spec) {
    Map<String, List<String>> users = spec.textLists("users");
    users.forEach((name, flags) -> check(spec, name, flags));
    return new Access(
        users,
        spec.texts("databases"),
        prepared(id, spec),
        new Rotation(
            spec.textList("usersIgnoringSecretRotation"),
            spec.textList("usersWithSecretRotation"),
            spec.textList("usersWithInPlaceSecretRotation")),
        PoolerDecoder.decode(spec),
        spec.objects("streams", StreamDecoder::stream));
  }

  private static void check(Fields spec, String name, List<String> flags) {
    if (!Rules.isUser(name)) {
      spec.problem(
          "users." + name,
          Shown.value(name),
          "a role name of at most 63 lower-case letters, digits, dashes, underscores and single dots");
    }
    List<String> upper = flags.stream().map(f -> f.toUpperCase(Locale.ROOT)).toList();
    for (int i = 0; i < upper.size(); i++) {
      String at = "users." + name + "[" + i + "]";
      if (!Rules.isFlag(upper.get(i))) {
        spec.problem(at, Shown.value(flags.get(i)), "a role flag such as createdb or nologin");
      } else if (upper.contains("NO" + upper.get(i))) {
        spec.problem(
            at, Shown.value(flags.get(i)) + " together with its opposite", "only one of the two");
      }
    }
  }

  private static Map<String, PreparedDatabase> prepared(ClusterId id, Fields spec) {
    Map<String, PreparedDatabase> databases =
        spec.map("preparedDatabases", AccessDecoder::database);
    return spec.has("preparedDatabases") && databases.isEmpty()
        ? Map.of(id.name().replace('-', '_'), new PreparedDatabase(false, Map.of(), DATA, ""))
        : databases;
  }

  private static PreparedDatabase database(Fields f) {
    Map<String, PreparedSchema> schemas = f.map("schemas", AccessDecoder::schema);
    return new PreparedDatabase(
        f.flag("defaultUsers"),
        f.texts("extensions"),
        schemas.isEmpty() ? DATA : schemas,
        f.text("secretNamespace"));
  }

  private static PreparedSchema schema(Fields f) {
    return new PreparedSchema(f.toggle("defaultRoles").or(true), f.flag("defaultUsers"));
  }
}
