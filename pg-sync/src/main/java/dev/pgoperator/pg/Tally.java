package dev.pgoperator.pg;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the traffic of one sync; its sessions may run on several event loops. */
final class Tally {
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger queries = new AtomicInteger();
  private final AtomicInteger statements = new AtomicInteger();

  void connection() {
    connections.incrementAndGet();
  }

  void query() {
    queries.incrementAndGet();
  }

  void statements(int count) {
    statements.addAndGet(count);
  }

  Traffic traffic() {
    return new Traffic(connections.get(), queries.get(), statements.get());
  }
}
