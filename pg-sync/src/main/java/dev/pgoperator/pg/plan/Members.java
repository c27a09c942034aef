package dev.pgoperator.pg.plan;

import java.util.Set;

/**
 * Roles of people who come and go. Each role carries a mark, a line of its comment, so that it is
 * found again in the catalog after its owner has left, whoever remembers what by then.
 *
 * @param mark the line; empty when roles are not marked
 * @param present roles of people who are there now
 * @param complete whether everybody else who carries the mark has left
 */
public record Members(String mark, Set<RoleName> present, boolean complete) {
  /** Nobody is known to come or go. */
  public static final Members UNKNOWN = new Members("", Set.of(), false);

  /** Copies. */
  public Members {
    present = Set.copyOf(present);
  }

  /** Whether this comment carries the mark. */
  boolean marked(String comment) {
    return !mark.isEmpty() && comment.lines().anyMatch(mark::equals);
  }

  /** The comment with the mark; what somebody else wrote stays. */
  String onto(String comment) {
    return comment.isEmpty() ? mark : comment + "\n" + mark;
  }
}
