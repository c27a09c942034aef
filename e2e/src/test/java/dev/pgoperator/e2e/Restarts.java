package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks all the time when the server of each pod was started; each new time is another start of it.
 * A server needs longer to start than the pause between two looks.
 */
final class Restarts implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final PostgresCluster cluster;
  private final Sql sql;
  private final Login login;
  private final Map<String, Set<String>> starts = new TreeMap<>(); // guarded by this
  private volatile boolean stopped;
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);

  private Restarts(Scene scene, PostgresCluster cluster) {
    this.cluster = cluster;
    this.sql = new Sql(scene.run().vertx());
    this.login = cluster.login("postgres", "postgres");
  }

  static Restarts of(Scene scene, PostgresCluster cluster) {
    var restarts = new Restarts(scene, cluster);
    restarts.look();
    restarts.thread.start();
    return restarts;
  }

  private void run() {
    while (!stopped) {
      look();
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void look() {
    for (Pod pod : cluster.pods()) {
      if (PostgresCluster.isUp(pod)) {
        sql.tried(cluster.address(pod), login, "SELECT pg_postmaster_start_time()")
            .ifPresent(time -> note(pod.getMetadata().getName(), time.getFirst()));
      }
    }
  }

  private synchronized void note(String pod, String time) {
    starts.computeIfAbsent(pod, name -> new TreeSet<>()).add(time);
  }

  /** By pod, how often its server was started since this began to look. */
  synchronized Map<String, Integer> counted() {
    Map<String, Integer> counts = new TreeMap<>();
    starts.forEach((pod, times) -> counts.put(pod, times.size() - 1));
    return counts;
  }

  /** Looks no more. */
  void stop() {
    stopped = true;
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
