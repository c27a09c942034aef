package dev.pgoperator.kube;

import java.time.Duration;

/**
 * How many requests the API server may be given at the same time, learned from its answers: one
 * more after as many good answers as are under way, half as many when it throttles or fails, a
 * tenth less when it is slow (additive increase, multiplicative decrease). Pure.
 *
 * @param limit how many, with the fraction that was earned
 * @param lastCut when it was made smaller last; requests that had been sent before do not count
 *     again
 */
record Congestion(double limit, Duration lastCut) {
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

  static Congestion none() {
    return new Congestion(MOST, Duration.ofNanos(-1));
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
    boolean slow = took.compareTo(SLOW) > 0;
    if (!refused && !slow) {
      return new Congestion(Math.min(MOST, limit + 1 / limit), lastCut);
    }
    if (sent.compareTo(lastCut) <= 0) {
      return this;
    }
    return new Congestion(Math.max(FEWEST, limit * (refused ? 0.5 : 0.9)), sent.plus(took));
  }

  /** The same as whole places. */
  int places() {
    return (int) limit;
  }
}
