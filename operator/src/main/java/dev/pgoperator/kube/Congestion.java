package dev.pgoperator.kube;

import java.time.Duration;

/**
 * How many requests the API server may be given at the same time, learned from its answers: one
 * more after as many good answers as are under way, half as many when it throttles or fails, a
 * tenth less when it is slow (additive increase, multiplicative decrease). Slow is what takes four
 * times as long as the quickest answer lately: then requests wait for each other at the server,
 * where nobody knows which of them a person waits for. Here they wait in that order. Pure.
 *
 * @param limit how many, with the fraction that was earned
 * @param lastCut when it was made smaller last; requests that had been sent before do not count
 *     again
 * @param quickest answer of about the last thousand
 */
record Congestion(double limit, Duration lastCut, Duration quickest) {
  /** Enough to go on, whatever happens. */
  static final int FEWEST = 4;

  /**
   * What one flow of requests may have waiting and running at an API server with default priority
   * and fairness, about.
   */
  static final int MOST = 64;

  /**
   * The time in which Kubernetes promises 99 of 100 answers for single objects (its service level
   * objective for API calls).
   */
  static final Duration SLOW = Duration.ofSeconds(1);

  /** What is answered in this time is never slow: a write to etcd may take as long by itself. */
  static final Duration PROMPT = Duration.ofMillis(100);

  private static final int WAITED = 4;

  /** By so much the quickest grows with each answer, so that a server may become a slower one. */
  private static final int FORGOTTEN = 1000;

  static Congestion none() {
    return new Congestion(MOST, Duration.ofNanos(-1), SLOW.dividedBy(WAITED));
  }

  /**
   * After an answer.
   *
   * @param status the HTTP status; 0 when none came
   * @param sent when the request was sent, from any fixed moment on
   * @param took from then to the answer
   */
  Congestion after(int status, Duration sent, Duration took) {
    boolean refused = status == 0 || status == 429 || status >= 500;
    if (!refused && took.compareTo(slow()) <= 0) {
      return new Congestion(Math.min(MOST, limit + 1 / limit), lastCut, quickest(took));
    }
    Duration known = refused ? quickest : quickest(took);
    if (sent.compareTo(lastCut) <= 0) {
      return new Congestion(limit, lastCut, known);
    }
    return new Congestion(Math.max(FEWEST, limit * (refused ? 0.5 : 0.9)), sent.plus(took), known);
  }

  private Duration quickest(Duration took) {
    Duration older = quickest.plus(quickest.dividedBy(FORGOTTEN));
    return took.compareTo(older) < 0 ? took : older;
  }

  private Duration slow() {
    Duration waited = quickest.multipliedBy(WAITED);
    Duration least = waited.compareTo(PROMPT) < 0 ? PROMPT : waited;
    return least.compareTo(SLOW) > 0 ? SLOW : least;
  }

  /** The same as whole places. */
  int places() {
    return (int) limit;
  }
}
