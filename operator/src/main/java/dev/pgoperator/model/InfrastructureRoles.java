package dev.pgoperator.model;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.RoleSettings.InfrastructureSecret;
import dev.pgoperator.model.RoleDefinition.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Roles that administrators keep in secrets of their own (api.md §2.6). */
public final class InfrastructureRoles {

  private InfrastructureRoles() {}

  /** A role of the source secret, before it belongs to a cluster. */
  public record Source(String name, SecretText password, List<String> memberOf) {
    public Source {
      memberOf = List.copyOf(memberOf);
    }
  }

  /**
   * The template form: {@code user1}, {@code password1}, {@code inrole1} and so on until the first
   * number without a user.
   */
  public static List<Source> fromTemplate(Map<String, String> data) {
    List<Source> sources = new ArrayList<>();
    for (int i = 1; data.containsKey("user" + i); i++) {
      complete(text(data, "user" + i), text(data, "password" + i), text(data, "inrole" + i))
          .ifPresent(sources::add);
    }
    return sources;
  }

  /**
   * The single form: which keys hold what is configured; a missing user or role has a configured
   * stand-in.
   */
  public static Optional<Source> fromKeys(InfrastructureSecret keys, Map<String, String> data) {
    String user = keys.userKey().isEmpty() ? "" : text(data, keys.userKey());
    String role = keys.roleKey().isEmpty() ? "" : text(data, keys.roleKey());
    return complete(
        user.isEmpty() ? keys.defaultUser() : user,
        text(data, keys.passwordKey()),
        role.isEmpty() ? keys.defaultRole() : role);
  }

  private static Optional<Source> complete(String name, String password, String role) {
    return name.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Source(name, new SecretText(password), role.isEmpty() ? List.of() : List.of(role)));
  }

  private static String text(Map<String, String> data, String key) {
    return data.getOrDefault(key, "");
  }

  /** The role as this cluster has it, with a secret of its own in the cluster's namespace. */
  public static RoleDefinition in(Blueprint b, Source source) {
    RoleCredential credential =
        new RoleCredential(
            source.name(), Names.secret(b.config(), b.name(), source.name()), b.namespace());
    return new RoleDefinition(
        source.name(),
        RoleOrigin.INFRASTRUCTURE,
        RoleFlags.normalized(List.of()),
        new Standing(source.memberOf(), "", false),
        Map.of(),
        Optional.of(credential));
  }
}
