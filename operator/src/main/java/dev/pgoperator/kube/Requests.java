package dev.pgoperator.kube;

import java.time.Duration;

/** Hears of every request to the API server when it has been answered; must not block. */
@FunctionalInterface
public interface Requests {

  Requests UNHEARD = (verb, status, took) -> {};

  /**
   * One attempt, of which a call may take several.
   *
   * @param verb what was asked, such as {@code get} or {@code apply}
   * @param status the HTTP status of a refusal, 200 for success, 0 when no answer came
   * @param took from the free place to the answer
   */
  void answered(String verb, int status, Duration took);
}
