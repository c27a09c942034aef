package dev.pgoperator.cluster.step;

import dev.pgoperator.model.People;
import dev.pgoperator.model.RoleNote;
import dev.pgoperator.model.Roles;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says which roles are not as they are written, because their names are taken or reserved, and of
 * which teams the members are not known. Nothing is done about it: the other roles are made.
 */
public final class ReportRoles implements Step {

  @Override
  public Outcome run(SyncContext context) {
    List<String> notes =
        Roles.of(context.blueprint()).notes().stream().map(RoleNote::text).toList();
    People people = context.blueprint().sources().people();
    if (notes.isEmpty() && people.troubles().isEmpty()) {
      return Outcome.done();
    }
    return new Outcome.LeftOut(
        notes.isEmpty() ? "TeamsUnknown" : "RolesNotAsWritten",
        String.join("; ", Stream.concat(notes.stream(), people.troubles().stream()).toList()));
  }
}
