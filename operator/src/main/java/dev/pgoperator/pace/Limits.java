package dev.pgoperator.pace;

/**
 * What clusters share.
 *
 * @param syncs clusters that are worked on at the same time; one that waits for a server outside
 *     gives its place back meanwhile
 * @param sessions databases that are spoken to at the same time
 */
public record Limits(Permits syncs, Permits sessions) {

  public Limits(int syncs, int sessions) {
    this(new Permits(syncs), new Permits(sessions));
  }
}
