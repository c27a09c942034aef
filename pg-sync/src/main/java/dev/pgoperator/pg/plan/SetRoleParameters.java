package dev.pgoperator.pg.plan;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;

/** Sets the session defaults of a role that differ and resets those that are not wanted. */
public record SetRoleParameters(
    RoleName role, SortedMap<String, String> set, SortedSet<String> reset) implements Change {

  @Override
  public String subject() {
    return "role " + role.quoted();
  }

  @Override
  public String reason() {
    return "session defaults differ: "
        + String.join(", ", Stream.concat(set.keySet().stream(), reset.stream()).toList());
  }

  @Override
  public List<Statement> statements() {
    String head = "ALTER ROLE " + role.quoted();
    return Stream.concat(
            reset.stream().map(name -> head + " RESET " + Parameter.quotedName(name)),
            set.entrySet().stream()
                .map(
                    entry ->
                        "%s SET %s TO %s"
                            .formatted(
                                head,
                                Parameter.quotedName(entry.getKey()),
                                Parameter.assigned(entry.getKey(), entry.getValue()))))
        .map(Statement::of)
        .toList();
  }
}
