package dev.pgoperator.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which roles exist beside those of the manifest. */
public record RoleSettings(
    SystemRoles system,
    Rotation rotation,
    Infrastructure infrastructure,
    Teams teams,
    Pam pam,
    Admin admin) {

  /**
   * {@code super_username}, {@code replication_username}, {@code protected_role_names}, {@code
   * additional_owner_roles}.
   */
  public record SystemRoles(
      String superuser,
      String replication,
      List<String> protectedNames,
      List<String> additionalOwnerRoles) {}

  /**
   * {@code enable_password_rotation}, {@code password_rotation_interval}, {@code
   * password_rotation_user_retention}, in days.
   */
  public record Rotation(boolean enabled, int intervalDays, int retentionDays) {}

  /**
   * {@code infrastructure_roles_secret_name} (template form), {@code infrastructure_roles_secrets},
   * and {@code enable_cross_namespace_secret}.
   */
  public record Infrastructure(
      NamespacedName templateSecret,
      List<InfrastructureSecret> secrets,
      boolean crossNamespaceSecrets) {

    /** All secrets that hold roles; on a shared name the role of a later one counts. */
    public List<InfrastructureSecret> all() {
      return templateSecret.isSet()
          ? Stream.concat(
                  secrets.stream(), Stream.of(InfrastructureSecret.template(templateSecret)))
              .toList()
          : secrets;
    }
  }

  /**
   * A secret that holds roles, and how to read it.
   *
   * @param numbered whether it holds {@code user1}, {@code password1}, {@code inrole1} and so on,
   *     with the keys as the part before the number
   */
  public record InfrastructureSecret(
      NamespacedName secret, SecretKeys keys, StandIns standIns, boolean numbered) {

    /** The deprecated form: numbered, with the keys that the reference chose. */
    static InfrastructureSecret template(NamespacedName secret) {
      return new InfrastructureSecret(
          secret, new SecretKeys("user", "password", "inrole", ""), new StandIns("", ""), true);
    }
  }

  /**
   * Which keys of a secret hold what; empty text for none.
   *
   * @param details key of a YAML text with flags, memberships and parameters
   */
  public record SecretKeys(String user, String password, String role, String details) {}

  /** What counts where the secret does not name a user or a role. */
  public record StandIns(String user, String role) {}

  /** Human users. */
  public record Teams(TeamsApi api, TeamObjects objects, HumanRoles humans) {}

  /**
   * {@code enable_teams_api}, {@code teams_api_url} without slashes at its end, {@code
   * oauth_token_secret_name}.
   */
  public record TeamsApi(boolean enabled, String url, NamespacedName tokenSecret) {}

  /** {@code enable_postgres_team_crd}, {@code enable_postgres_team_crd_superusers}. */
  public record TeamObjects(boolean enabled, boolean superusers) {}

  /**
   * {@code team_api_role_configuration}, {@code enable_team_superuser}, {@code
   * postgres_superuser_teams}, {@code enable_team_member_deprecation}, {@code
   * role_deletion_suffix}.
   */
  public record HumanRoles(
      Map<String, String> parameters,
      boolean teamSuperuser,
      List<String> superuserTeams,
      boolean deprecation,
      String deletionSuffix) {}

  /** {@code pam_role_name}, {@code pam_configuration}. */
  public record Pam(String roleName, String configuration) {}

  /** {@code team_admin_role}, {@code enable_admin_role_for_users}. */
  public record Admin(String role, boolean forUsers) {}

  static RoleSettings read(OptionReader o) {
    OptionReader users = o.group("users");
    OptionReader k = o.group("kubernetes");
    OptionReader teams = o.group("teams_api");
    String superuser = users.text("super_username", "postgres");
    return new RoleSettings(
        new SystemRoles(
            superuser,
            users.text("replication_username", "standby"),
            teams.texts("protected_role_names", "admin", "cron_admin"),
            users.texts("additional_owner_roles")),
        new Rotation(
            users.flag("enable_password_rotation", false),
            users.atLeast(1, "password_rotation_interval", 90),
            users.atLeast(1, "password_rotation_user_retention", 180)),
        new Infrastructure(
            k.objectName("infrastructure_roles_secret_name", ""),
            k.infrastructureSecrets("infrastructure_roles_secrets"),
            k.flag("enable_cross_namespace_secret", false)),
        teams(k, teams),
        new Pam(
            teams.text("pam_role_name", "zalandos"),
            teams.text(
                "pam_configuration",
                "https://info.example.com/oauth2/tokeninfo?access_token= uid realm=/employees")),
        new Admin(
            teams.textOrEmpty("team_admin_role", "admin"),
            teams.flag("enable_admin_role_for_users", true)));
  }

  private static Teams teams(OptionReader k, OptionReader teams) {
    return new Teams(
        new TeamsApi(
            teams.flag("enable_teams_api", true, false),
            teams.text("teams_api_url", "https://teams.example.com/api/").replaceAll("/+$", ""),
            k.objectName("oauth_token_secret_name", "postgresql-operator")),
        new TeamObjects(
            teams.flag("enable_postgres_team_crd", false, true),
            teams.flag("enable_postgres_team_crd_superusers", false)),
        new HumanRoles(
            teams.pairs("team_api_role_configuration", Map.of("log_statement", "all")),
            teams.flag("enable_team_superuser", false),
            teams.texts("postgres_superuser_teams"),
            teams.flag("enable_team_member_deprecation", false),
            teams.text("role_deletion_suffix", "_deleted")));
  }
}
