package dev.pgoperator.pg.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to change, in order, and what is left out. */
public record Plan(List<Change> changes, List<Skipped> skipped) {
  /** Nothing to do. */
  public static final Plan EMPTY = new Plan(List.of(), List.of());

  /** Copies. */
  public Plan {
    changes = List.copyOf(changes);
    skipped = List.copyOf(skipped);
  }

  /** This plan, then the other. */
  public Plan then(Plan next) {
    return new Plan(
        Stream.concat(changes.stream(), next.changes.stream()).toList(),
        Stream.concat(skipped.stream(), next.skipped.stream()).toList());
  }

  /** The plan as SQL with a comment for every reason; verifiers are hidden. */
  public String sql() {
    Stream<String> lines =
        Stream.concat(
            changes.stream()
                .map(
                    c ->
                        "-- %s: %s\n%s\n"
                            .formatted(oneLine(c.subject()), oneLine(c.reason()), c.sql())),
            skipped.stream()
                .map(
                    s ->
                        "-- skipped %s: %s\n"
                            .formatted(oneLine(s.subject()), oneLine(s.reason()))));
    return lines.collect(Collectors.joining());
  }

  /** A name may hold a line break, which would end the comment. */
  private static String oneLine(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }
}
