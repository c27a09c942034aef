package dev.pgoperator.shard;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests of one kind that fail one after the other: told when it begins and when it is over. */
final class Trouble {
  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

  private final String what;
  private int failures;

  Trouble(String what) {
    this.what = what;
  }

  /** How many failed in a row. */
  int failures() {
    return failures;
  }

  void failed(Throwable cause) {
    failures++;
    if (failures == 1) {
      LOG.warn("{} fails: {}", what, cause.getMessage());
    }
  }

  void succeeded() {
    if (failures > 0) {
      LOG.info("{} works again, after {} failures", what, failures);
    }
    failures = 0;
  }
}
