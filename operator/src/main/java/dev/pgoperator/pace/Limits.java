package dev.pgoperator.pace;

/**
 * What clusters share.
 *
 * @param syncs clusters that are worked on at the same time; one that waits for a server outside
 *     gives its place back meanwhile
 * @param aside syncs that have given their place back meanwhile, without those that a person waits
 *     for; where there are more, they wait in their places
 * @param sessions databases that are spoken to at the same time
 */
public record Limits(Permits syncs, Permits aside, Permits sessions) {

  /**
   * As many syncs; those that wait for a server outside take no place. More of them only wait for
   * each other, at the API server and for a processor (decision 0032).
   */
  public static final int SYNCS = 16;

  /**
   * So many that only an outage of thousands of servers takes all, and so few that their stacks
   * find room in a small heap (about 10 kB each).
   */
  private static final int ASIDE = 1000;

  /** As many databases; each costs a connection and some memory. */
  private static final int SESSIONS = 50;

  /** Those of an operator. */
  public static Limits standard() {
    return new Limits(SYNCS, SESSIONS);
  }

  public Limits(int syncs, int sessions) {
    this(new Permits(syncs), new Permits(ASIDE), new Permits(sessions));
  }
}
