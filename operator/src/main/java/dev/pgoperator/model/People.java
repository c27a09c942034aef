package dev.pgoperator.model;

import java.util.List;

/**
 * Members of the teams that may log in to a cluster.
 *
 * @param persons each name once, sorted
 * @param unknown why there may be more of them, one sentence each; empty when these are all
 */
public record People(List<Person> persons, List<String> unknown) {

  /** Certainly nobody. */
  public static final People NOBODY = new People(List.of(), List.of());

  public People {
    persons = List.copyOf(persons);
    unknown = List.copyOf(unknown);
  }

  /** Whether somebody who is not among them has left. */
  public boolean complete() {
    return unknown.isEmpty();
  }
}
