package dev.pgoperator.model;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.api.UserName;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.RoleObjects;
import dev.pgoperator.config.RoleSettings.InfrastructureSecret;
import dev.pgoperator.config.RoleSettings.SecretKeys;
import dev.pgoperator.model.RoleDefinition.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the roles that administrators keep in secrets of their own (api.md §2.6). */
public final class InfrastructureRoles {
  private final RoleObjects objects;
  private final Map<String, InfrastructureRole> roles = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private InfrastructureRoles(RoleObjects objects) {
    this.objects = objects;
  }

  /**
   * What the secrets hold.
   *
   * @param roles each name once, sorted
   * @param problems one sentence for each role that was left out; never a password
   */
  public record Found(List<InfrastructureRole> roles, List<String> problems) {
    public Found {
      roles = List.copyOf(roles);
      problems = List.copyOf(problems);
    }
  }

  /** The roles of all configured secrets; what is wrong with one does not concern the others. */
  public static Found read(OperatorConfig config, RoleObjects objects) {
    var all = new InfrastructureRoles(objects);
    config.roles().infrastructure().all().forEach(all::read);
    return new Found(List.copyOf(all.roles.values()), all.problems);
  }

  private void read(InfrastructureSecret source) {
    Map<String, SecretText> data = objects.secret(source.secret());
    String where = "Secret " + shown(source);
    if (data.isEmpty()) {
      problems.add(where + " does not exist or is empty");
      return;
    }
    if (source.numbered()) {
      numbered(source.keys(), data, where);
    } else {
      single(source, data, where);
    }
    described(source, data);
  }

  private String shown(InfrastructureSecret source) {
    var name = objects.whole(source.secret());
    return name.namespace() + "/" + name.name();
  }

  /** {@code user1}, {@code password1}, {@code inrole1} and so on, to the first missing user. */
  private void numbered(SecretKeys keys, Map<String, SecretText> data, String where) {
    for (int i = 1; data.containsKey(keys.user() + i); i++) {
      String role = text(data, keys.role().isEmpty() ? "" : keys.role() + i);
      add(
          text(data, keys.user() + i),
          text(data, keys.password() + i),
          plain(role),
          where + ", " + keys.user() + i);
    }
  }

  /** Which keys hold what is configured; a missing user or role has a stand-in. */
  private void single(InfrastructureSecret source, Map<String, SecretText> data, String where) {
    SecretKeys keys = source.keys();
    String user = text(data, keys.user());
    String role = text(data, keys.role());
    String name = user.isEmpty() ? source.standIns().user() : user;
    String written = text(data, keys.details());
    if (written.isEmpty()) {
      RoleDetails plain = plain(role.isEmpty() ? source.standIns().role() : role);
      add(name, text(data, keys.password()), plain, where);
      return;
    }
    detailed(name, text(data, keys.password()), written, where + ", " + keys.details());
  }

  /** A ConfigMap of the same name describes further roles, whose passwords are in the secret. */
  private void described(InfrastructureSecret source, Map<String, SecretText> data) {
    new TreeMap<>(objects.configMap(source.secret()))
        .forEach(
            (name, written) ->
                detailed(
                    name, text(data, name), written, "ConfigMap " + shown(source) + ", " + name));
  }

  private void detailed(String name, String password, String written, String where) {
    RoleDetails.parse(written)
        .ifPresentOrElse(
            details -> add(name, password, details, where),
            () ->
                problems.add(
                    where
                        + ": expected YAML with inrole, user_flags, db_parameters, admin_role,"
                        + " is_db_owner"));
  }

  private void add(String name, String password, RoleDetails details, String where) {
    Optional<String> objection =
        name.isEmpty()
            ? Optional.of("has no name")
            : !new UserName(name).isWellFormed()
                ? Optional.of("expected a name of lower-case letters, digits, dashes, underscores")
                : password.isEmpty()
                    ? Optional.of("role " + name + " has no password")
                    : RoleFlags.objection(details.flags()).map(o -> "role " + name + " " + o);
    objection.ifPresentOrElse(
        text -> problems.add(where + ": " + text),
        () ->
            roles.put(
                name,
                new InfrastructureRole(
                    name,
                    new SecretText(password),
                    details.flags(),
                    details.standing(),
                    details.parameters())));
  }

  private static RoleDetails plain(String role) {
    List<String> groups = role.isEmpty() ? List.of() : List.of(role);
    return new RoleDetails(List.of(), new Standing(groups, "", false), Map.of());
  }

  private static String text(Map<String, SecretText> data, String key) {
    return key.isEmpty() ? "" : data.getOrDefault(key, SecretText.EMPTY).reveal();
  }

  /**
   * The passwords that administrators gave to roles of this cluster: they go before what the
   * cluster's own secrets say.
   */
  public static Map<RoleCredential, SecretText> passwords(Blueprint b, RoleSet roles) {
    Map<RoleCredential, SecretText> given = new LinkedHashMap<>();
    for (InfrastructureRole source : b.sources().infrastructure()) {
      roles
          .named(source.name())
          .filter(role -> role.origin() == RoleOrigin.INFRASTRUCTURE)
          .flatMap(RoleDefinition::credential)
          .ifPresent(credential -> given.put(credential, source.password()));
    }
    return given;
  }
}
