package dev.pgoperator.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.RoleSettings;
import dev.pgoperator.teams.TeamBook.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clusters {@code shop/a} and {@code shop/b} of one team; time passes only when a test says so. */
class TeamBookTest {
  private static final ClusterId A = new ClusterId("shop", "a");
  private static final ClusterId B = new ClusterId("shop", "b");
  private static final RoleSettings.TeamsApi SETTINGS =
      new RoleSettings.TeamsApi(true, "http://teams", new NamespacedName("", "token"));

  private final FakeTeams api = new FakeTeams();
  private final List<String> told = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  private final TeamBook book =
      new TeamBook(
          api,
          () -> now,
          (pause, action) -> {
            pauses.add(pause);
            later.add(action);
          },
          (team, readers) -> readers.forEach(id -> told.add(id + " of " + team)));

  private Known read(ClusterId reader) {
    return book.members(SETTINGS, "acid", reader);
  }

  /** What was arranged for later happens, after its pause. */
  private void pass() {
    List<Runnable> due = List.copyOf(later);
    later.clear();
    now = now.plus(pauses.getLast());
    due.forEach(Runnable::run);
  }

  @Test
  void aReaderIsToldWhenTheAnswerComes() {
    api.put("acid", "anna");
    assertThat(read(A)).as("nobody waits").isEqualTo(new Known(Set.of(), false, ""));
    assertThat(told).containsExactly("shop/a of acid");
    assertThat(read(A)).isEqualTo(new Known(Set.of("anna"), true, ""));
  }

  @Test
  void allClustersShareOneAnswerForAMinute() {
    api.put("acid", "anna");
    read(A);
    read(B);
    now = now.plusSeconds(59);
    read(A);
    assertThat(api.asked()).hasSize(1);
    now = now.plusSeconds(1);
    read(B);
    assertThat(api.asked()).hasSize(2);
  }

  @Test
  void theSameAnswerIsNoNews() {
    api.put("acid", "anna");
    read(A);
    read(A);
    told.clear();
    now = now.plus(TeamBook.LIFETIME);
    read(A);
    assertThat(told).isEmpty();
  }

  @Test
  void everyReaderHearsOfANewMember() {
    api.put("acid", "anna");
    read(A);
    read(A);
    read(B);
    told.clear();
    api.put("acid", "anna", "bert");
    now = now.plus(TeamBook.LIFETIME);
    read(B);
    assertThat(told).containsExactlyInAnyOrder("shop/a of acid", "shop/b of acid");
    assertThat(read(A).members()).containsExactlyInAnyOrder("anna", "bert");
  }

  @Test
  void aFailureKeepsWhatWasKnownButNotThatItIsAll() {
    api.put("acid", "anna");
    read(A);
    api.fail("it is away");
    now = now.plus(TeamBook.LIFETIME);
    read(A);
    assertThat(read(A).members()).containsExactly("anna");
    assertThat(read(A).complete()).isFalse();
    assertThat(read(A).trouble())
        .isEqualTo("the Teams API does not say who is in team acid: it is away");
  }

  @Test
  void aFailureIsTriedAgainWithGrowingPausesAndToldOnce() {
    api.fail("it is away");
    read(A);
    read(A);
    told.clear();
    for (int i = 0; i < 8; i++) {
      read(A);
      read(B);
      pass();
    }
    assertThat(pauses)
        .startsWith(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20))
        .endsWith(Duration.ofMinutes(5))
        .hasSize(9);
    assertThat(api.asked()).as("readers do not add questions").hasSize(9);
    assertThat(told).isEmpty();
    api.recover();
    api.put("acid", "anna");
    pass();
    assertThat(told).contains("shop/a of acid", "shop/b of acid");
    assertThat(later).isEmpty();
  }

  @Test
  void aTeamThatNobodyReadsAnyMoreIsNotAskedForForEver() {
    api.fail("it is away");
    read(A);
    for (int i = 0; i < 50 && !later.isEmpty(); i++) {
      pass();
    }
    assertThat(later).isEmpty();
  }

  @Test
  void anotherAddressIsAnotherBook() {
    api.put("acid", "anna");
    read(A);
    var elsewhere =
        new RoleSettings.TeamsApi(true, "http://elsewhere", new NamespacedName("", "token"));
    book.members(elsewhere, "acid", A);
    assertThat(api.asked()).hasSize(2);
  }
}
