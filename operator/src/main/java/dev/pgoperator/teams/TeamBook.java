package dev.pgoperator.teams;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.config.RoleSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the Teams API said last of each team, for all clusters together. Reading never waits: a page
 * that is missing or old is asked for beside, and its readers are told when it says something new.
 * While the API fails, what it said before stays, and is marked as perhaps not all. Thread-safe.
 */
public final class TeamBook {
  private static final Logger LOG = LoggerFactory.getLogger(TeamBook.class);

  /** A team is not asked for more often than this, however many clusters it has. */
  static final Duration LIFETIME = Duration.ofMinutes(1);

  /** After a failure; doubled with each further one. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Nobody has read for so long: the team has no cluster any more. */
  static final Duration UNREAD = Duration.ofHours(2);

  private final TeamsApi api;
  private final InstantSource clock;
  private final Later later;
  private final BiConsumer<String, Set<ClusterId>> changed;
  private final Map<Key, Page> pages = new ConcurrentHashMap<>();

  /** Runs something after a pause. */
  @FunctionalInterface
  public interface Later {
    void run(Duration pause, Runnable action);
  }

  private record Key(RoleSettings.TeamsApi settings, String team) {}

  /**
   * What is known of a team.
   *
   * @param members as it was said last; empty when nothing was
   * @param complete whether that was the last answer
   * @param trouble why it was not, as a sentence; empty while the first answer is awaited
   */
  public record Known(Set<String> members, boolean complete, String trouble) {
    public Known {
      members = Set.copyOf(members);
    }
  }

  private record Page(
      Known known,
      Set<ClusterId> readers,
      Instant read,
      Instant due,
      boolean asking,
      int failures) {}

  /**
   * @param changed is told of a team of which something else is known now, with those who read it
   */
  public TeamBook(
      TeamsApi api, InstantSource clock, Later later, BiConsumer<String, Set<ClusterId>> changed) {
    this.api = api;
    this.clock = clock;
    this.later = later;
    this.changed = changed;
  }

  /** What is known of a team; the reader is told when that changes. */
  public Known members(RoleSettings.TeamsApi settings, String team, ClusterId reader) {
    Key key = new Key(settings, team);
    Instant now = clock.instant();
    Page page = pages.compute(key, (k, before) -> read(before, reader, now));
    if (page.failures() == 0 && !page.due().isAfter(now)) {
      ask(key); // after a failure the pause decides
    }
    return page.known();
  }

  private static Page read(
      @org.jspecify.annotations.Nullable Page before, ClusterId reader, Instant now) {
    if (before == null) {
      return new Page(new Known(Set.of(), false, ""), Set.of(reader), now, now, false, 0);
    }
    Set<ClusterId> readers = before.readers();
    if (!readers.contains(reader)) {
      readers = new HashSet<>(readers);
      readers.add(reader);
    }
    return new Page(before.known(), readers, now, before.due(), before.asking(), before.failures());
  }

  /** Asks, unless that is being done. */
  private void ask(Key key) {
    boolean[] mine = new boolean[1];
    pages.computeIfPresent(
        key,
        (k, page) -> {
          mine[0] = !page.asking();
          return new Page(
              page.known(), page.readers(), page.read(), page.due(), true, page.failures());
        });
    if (mine[0]) {
      api.members(key.settings(), key.team())
          .onSuccess(said -> answered(key, said))
          .onFailure(cause -> failed(key, TeamsFailure.of(cause)));
    }
  }

  private void answered(Key key, Optional<Set<String>> said) {
    if (said.isEmpty()) {
      LOG.warn("team {} is not known to the Teams API: it has no members there", key.team());
    }
    Known now = new Known(said.orElse(Set.of()), true, "");
    turn(key, now, 0, LIFETIME);
  }

  private void failed(Key key, TeamsFailure why) {
    Page page = pages.get(key);
    if (page == null) {
      return;
    }
    String trouble =
        "the Teams API does not say who is in team %s: %s".formatted(key.team(), why.getMessage());
    Duration pause = pause(page.failures());
    turn(key, new Known(page.known().members(), false, trouble), page.failures() + 1, pause);
    later.run(pause, () -> again(key));
  }

  /** Whoever is gone for good does not have the API asked for ever. */
  private void again(Key key) {
    Instant oldest = clock.instant().minus(UNREAD);
    pages.computeIfPresent(key, (k, page) -> page.read().isBefore(oldest) ? null : page);
    ask(key);
  }

  static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Readers are forgotten when they are told: who still cares reads again. */
  private void turn(Key key, Known now, int failures, Duration pause) {
    Set<ClusterId> told = new HashSet<>();
    boolean[] trouble = new boolean[1];
    pages.computeIfPresent(
        key,
        (k, page) -> {
          boolean news = !page.known().equals(now);
          trouble[0] = news && !now.trouble().isEmpty();
          if (news) {
            told.addAll(page.readers());
          }
          return new Page(
              now,
              news ? Set.of() : page.readers(),
              page.read(),
              clock.instant().plus(pause),
              false,
              failures);
        });
    if (trouble[0]) {
      LOG.warn("{}", now.trouble());
    }
    if (!told.isEmpty()) {
      changed.accept(key.team(), told);
    }
  }
}
