package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.kube.ExecResult;
import dev.pgoperator.kube.KubeFailure;
import dev.pgoperator.kube.PodCommand;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Names;
import dev.pgoperator.pg.LoginRepair;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.Secret;
import java.time.Duration;
import java.util.List;

/**
 * The operator's own login. Where the server holds another password than the secret says (an old
 * volume, a restored backup, a secret that somebody edited), nobody could set it from outside. The
 * server's own pod can: its local socket asks for no password (systems.md §8.4), and that is how
 * Patroni gets in as well.
 */
final class Superuser {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String SOCKET = "/run/postgresql";

  private Superuser() {}

  /**
   * Gives the superuser the password of its secret.
   *
   * @throws StepFailed when the pod does not let us, with what would help
   */
  static void repair(SyncContext context, PodState primary, Credentials credentials) {
    String superuser = context.blueprint().config().roles().system().superuser();
    SecretText password = credentials.of(superuser);
    if (password.isEmpty()) {
      throw new StepFailed("the secret of %s has no password".formatted(superuser));
    }
    String script =
        LoginRepair.script(
                new RoleName(superuser), new Secret(password.reveal()), Wishes.encryption(context))
            .reveal();
    var command =
        new PodCommand(
            context.id().namespace(),
            primary.name(),
            Names.DATABASE_CONTAINER,
            List.of(
                "psql",
                "-X",
                "-q",
                "-w",
                "-h",
                SOCKET,
                "-U",
                superuser,
                "-d",
                "postgres",
                "-f",
                "-"),
            new SecretText(script),
            LIMIT);
    // A deletion or an edit does not wait for it: it may be done twice, and a later sync would.
    ExecResult execution =
        context
            .turn()
            .look(
                "repair the superuser's password",
                context
                    .ports()
                    .kube()
                    .execute(command)
                    .otherwise(failure -> new ExecResult(-1, reason(failure))));
    if (!execution.succeeded()) {
      throw new StepFailed(
          "the server refuses the password in the secret of %s, and psql in pod %s could not set it: %s"
              .formatted(superuser, primary.name(), execution.output().strip()));
    }
    context
        .journal()
        .warn(
            "PasswordRepaired",
            "the server held another password for %s than its secret; it has the secret's now"
                .formatted(superuser));
  }

  private static String reason(Throwable failure) {
    if (failure instanceof KubeFailure known) {
      return String.valueOf(known.getMessage());
    }
    throw new StepFailed("repair the superuser's password", failure);
  }
}
