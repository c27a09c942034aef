package dev.pgoperator.pace;

/**
 * What clusters share.
 *
 * @param syncs clusters that are worked on at the same time, each of which takes memory; one that
 *     waits for a server outside gives its place back meanwhile
 * @param processors of those, the ones that may compute at the same time; whoever waits for
 *     anything gives its place back meanwhile, so that what is urgent is next whenever it can go on
 * @param sessions databases that are spoken to at the same time
 */
public record Limits(Permits syncs, Permits processors, Permits sessions) {

  /** As many syncs; those that wait for something outside take no place. */
  public static final int SYNCS = 50;

  /** As many databases; each costs a connection and some memory. */
  private static final int SESSIONS = 50;

  /**
   * A few more may compute than can, so that no processor is idle between two of them (decision
   * 0032).
   */
  private static final int FOR_EACH_PROCESSOR = 2;

  /** Those of an operator on this machine. */
  public static Limits standard() {
    int processors = FOR_EACH_PROCESSOR * Runtime.getRuntime().availableProcessors();
    return new Limits(SYNCS, processors, SESSIONS);
  }

  public Limits(int syncs, int processors, int sessions) {
    this(new Permits(syncs), new Permits(processors), new Permits(sessions));
  }

  /** As many may compute as are worked on. */
  public Limits(int syncs, int sessions) {
    this(syncs, syncs, sessions);
  }
}
