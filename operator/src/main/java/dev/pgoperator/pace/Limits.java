package dev.pgoperator.pace;

/**
 * What clusters share.
 *
 * @param syncs clusters that are worked on at the same time; one that waits for a server outside
 *     gives its place back meanwhile
 * @param sessions databases that are spoken to at the same time
 */
public record Limits(Permits syncs, Permits sessions) {

  /**
   * As many syncs; those that wait for a server outside take no place. More of them only wait for
   * each other, at the API server and for a processor (decision 0032).
   */
  public static final int SYNCS = 16;

  /** As many databases; each costs a connection and some memory. */
  private static final int SESSIONS = 50;

  /** Those of an operator. */
  public static Limits standard() {
    return new Limits(SYNCS, SESSIONS);
  }

  public Limits(int syncs, int sessions) {
    this(new Permits(syncs), new Permits(sessions));
  }
}
