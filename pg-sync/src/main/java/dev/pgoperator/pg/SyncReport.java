package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Change;
import dev.pgoperator.pg.plan.Skipped;
import java.util.List;

/**
 * What a sync did.
 *
 * @param applied in order
 * @param failed changes that the server refused, each after the others were tried; a next sync
 *     tries them again
 * @param skipped wishes for which nothing was sent
 */
public record SyncReport(
    List<Change> applied, List<Failed> failed, List<Skipped> skipped, Traffic traffic) {

  /**
   * A change that the server refused.
   *
   * @param subject as {@link Change#subject} names it
   */
  public record Failed(String subject, PgFailure failure) {}

  /** Copies. */
  public SyncReport {
    applied = List.copyOf(applied);
    failed = List.copyOf(failed);
    skipped = List.copyOf(skipped);
  }

  /** Whether the server now has everything that was wished for. */
  public boolean complete() {
    return failed.isEmpty() && skipped.isEmpty();
  }
}
