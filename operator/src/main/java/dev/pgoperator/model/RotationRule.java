package dev.pgoperator.model;

import dev.pgoperator.config.RoleSettings;
import java.time.Duration;

/** How the password of one role is renewed (api.md §3.4.4). */
public sealed interface RotationRule {

  /** It is not. Applications log in as the role itself. */
  record Never() implements RotationRule {}

  /** A new user of the day, member of the role; the old one works until it is dropped. */
  record NewUser(Duration interval) implements RotationRule {}

  /** The same user gets another password; the old one ends at once. */
  record InPlace(Duration interval) implements RotationRule {}

  /**
   * The rule for a role of this cluster.
   *
   * <p>Pods and poolers know the system's own roles by fixed names, so these rotate in place
   * whichever list they are in. The password of an infrastructure role is what its administrator
   * says, and nobody logs in as a role without LOGIN.
   */
  static RotationRule of(Blueprint b, RoleDefinition role) {
    RoleSettings.Rotation settings = b.config().roles().rotation();
    var lists = b.spec().access().rotation();
    Duration interval = Duration.ofDays(settings.intervalDays());
    String name = role.name();
    boolean superuser = name.equals(b.config().roles().system().superuser());
    if (lists.ignoring().contains(name)
        || role.origin() == RoleOrigin.INFRASTRUCTURE
        || !(role.canLogIn() || superuser)) {
      return new Never();
    }
    boolean listed = lists.withSecret().contains(name);
    if (lists.inPlace().contains(name) || (listed && isSystem(role))) {
      return new InPlace(interval);
    }
    return listed || (settings.enabled() && isGeneral(role)) ? new NewUser(interval) : new Never();
  }

  private static boolean isSystem(RoleDefinition role) {
    return switch (role.origin()) {
      case SYSTEM, POOLER, STREAM -> true;
      case MANIFEST, INFRASTRUCTURE, TEAM, PREPARED -> false;
    };
  }

  /** What {@code enable_password_rotation} means by all users. */
  private static boolean isGeneral(RoleDefinition role) {
    return switch (role.origin()) {
      case MANIFEST, PREPARED -> !role.standing().ownsDatabases();
      case SYSTEM, POOLER, STREAM, INFRASTRUCTURE, TEAM -> false;
    };
  }
}
