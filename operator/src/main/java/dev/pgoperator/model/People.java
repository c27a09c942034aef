package dev.pgoperator.model;

import java.util.List;

/**
 * Members of the teams that may log in to a cluster.
 *
 * @param persons each name once, sorted
 * @param complete whether these are all; otherwise nobody has left who is not among them
 * @param troubles why not all are known, one sentence each
 */
public record People(List<Person> persons, boolean complete, List<String> troubles) {

  /** Certainly nobody. */
  public static final People NOBODY = new People(List.of(), true, List.of());

  public People {
    persons = List.copyOf(persons);
    troubles = List.copyOf(troubles);
  }
}
