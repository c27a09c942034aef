package dev.pgoperator.watch;

import dev.pgoperator.api.PostgresTeam;
import dev.pgoperator.api.Problem;
import dev.pgoperator.config.ConfigNews;
import dev.pgoperator.config.RoleObjects.Teams;
import dev.pgoperator.kube.Change;
import dev.pgoperator.kube.ObjectKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads every {@code PostgresTeam} by itself, so that a malformed one harms no other: what it said
 * before goes on to count, and its author is told.
 */
final class TeamWatch implements Consumer<Change<GenericKubernetesResource>> {
  private final Consumer<Teams> now;
  private final ConfigJournal journal;
  private final Map<ObjectKey, PostgresTeam> readable = new HashMap<>(); // guarded by this
  private final Set<ObjectKey> unread = new HashSet<>(); // guarded by this
  private boolean listed; // guarded by this

  /**
   * @param now is given all that is known after each change
   */
  TeamWatch(Consumer<Teams> now, ConfigJournal journal) {
    this.now = now;
    this.journal = journal;
  }

  @Override
  public synchronized void accept(Change<GenericKubernetesResource> change) {
    switch (change) {
      case Change.Present<GenericKubernetesResource>(var raw) -> present(raw);
      case Change.Gone<GenericKubernetesResource>(var last) -> {
        readable.remove(ObjectKey.of(last));
        unread.remove(ObjectKey.of(last));
      }
    }
    tell();
  }

  /** The first list has been delivered: there are no others. */
  synchronized void listed() {
    listed = true;
    tell();
  }

  private void present(GenericKubernetesResource raw) {
    ObjectKey key = ObjectKey.of(raw);
    switch (PostgresTeam.read(raw)) {
      case PostgresTeam.Reading.Valid(var team) -> {
        readable.put(key, team);
        unread.remove(key);
      }
      case PostgresTeam.Reading.Malformed(var problems) -> {
        if (!readable.containsKey(key)) {
          unread.add(key);
        }
        journal.tell(raw, List.of(refusal(key, problems)));
      }
    }
  }

  private ConfigNews refusal(ObjectKey key, List<Problem> problems) {
    String effect =
        readable.containsKey(key) ? "what it said before counts" : "nobody is put aside meanwhile";
    return new ConfigNews(
        false,
        "TeamRefused",
        "PostgresTeam " + key.namespace() + "/" + key.name() + " cannot be read, " + effect,
        problems.stream().map(Problem::text).collect(Collectors.toList()));
  }

  private void tell() {
    now.accept(new Teams(List.copyOf(readable.values()), listed && unread.isEmpty()));
  }
}
