package dev.pgoperator.cluster.step;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.ClusterStatus;
import java.time.Duration;

/**
 * Hears what happens to clusters while it happens, for the live page and for metrics. Called on the
 * clusters' own threads: answers at once and never throws.
 */
public interface Chronicle {

  /** Nobody listens. */
  Chronicle SILENT =
      new Chronicle() {
        @Override
        public void began(ClusterId id, String step) {}

        @Override
        public void ended(ClusterId id, String step, String how, Duration took) {}

        @Override
        public void said(ClusterId id, ClusterStatus status) {}
      };

  /** A step of a sync begins. */
  void began(ClusterId id, String step);

  /**
   * A step has ended.
   *
   * @param how kind of its outcome in one lower-case word, such as {@code done} or {@code failed}
   */
  void ended(ClusterId id, String step, String how, Duration took);

  /** This is what the status of the manifest says now. */
  void said(ClusterId id, ClusterStatus status);
}
