package dev.pgoperator.model;

import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who may log in to a pooler without a lookup in the database: its own user, and the roles of the
 * infrastructure (behaviour.md §7.3).
 */
public final class UserLists {

  /** The key in the secret, and the file's name in the pod. */
  static final String KEY = "userlist.txt";

  /**
   * On a secret whose list is newer than the pods that read it: their files do not follow the
   * secret. Taken off when they are being replaced, so that an operator that was killed in between
   * finishes it.
   */
  private static final String UNREAD = "acid.zalan.do/user-list-unread";

  private UserLists() {}

  /** Roles of this cluster that are in the list. */
  public static List<RoleDefinition> members(Blueprint b, RoleSet roles) {
    String user = SystemRoles.poolerUser(b);
    return roles.roles().stream()
        .filter(role -> role.name().equals(user) || role.origin() == RoleOrigin.INFRASTRUCTURE)
        .toList();
  }

  /**
   * The secret of one pooler.
   *
   * @param passwords by role
   */
  public static Secret desired(Blueprint b, Role role, Map<String, SecretText> passwords) {
    StringBuilder list = new StringBuilder();
    new TreeMap<>(passwords)
        .forEach(
            (user, password) ->
                list.append(quoted(user))
                    .append(' ')
                    .append(quoted(password.reveal()))
                    .append('\n'));
    return new SecretBuilder()
        .withMetadata(
            Metadata.of(
                b, Names.userList(b.id(), role), Labels.pooler(b, role), Annotations.inherited(b)))
        .withType("Opaque")
        .addToData(
            KEY,
            Base64.getEncoder().encodeToString(list.toString().getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  /** The same secret, for as long as pods run that have not read it. */
  public static Secret unread(Secret desired) {
    return new SecretBuilder(desired)
        .editMetadata()
        .addToAnnotations(UNREAD, "true")
        .endMetadata()
        .build();
  }

  /** Whether this difference means that running pods have another list than they should. */
  public static boolean concerns(Difference difference) {
    return difference.field().startsWith("data.") || difference.field().contains(UNREAD);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
