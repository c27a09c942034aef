package dev.pgoperator.cluster.step;

import dev.pgoperator.model.Note;
import dev.pgoperator.model.Notes;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Warns of what is not done as the manifest says, once each. An operator that finds a cluster which
 * was made before takes it that this was told then. Comes before the StatefulSet is made.
 */
public final class TellNotes implements Step {
  private static final String TOLD = "notes were told";

  @Override
  public Outcome run(SyncContext context) {
    boolean first = !context.memory().knows(TOLD, "");
    boolean exists =
        context
            .ports()
            .inventory()
            .find(StatefulSet.class, context.id().namespace(), context.id().name())
            .isPresent();
    Set<Note> notes = Set.copyOf(Notes.of(context.blueprint()));
    if (!first || !exists) {
      notes.stream()
          .filter(note -> !context.memory().knows(fact(note), ""))
          .sorted(java.util.Comparator.comparing(Note::reason).thenComparing(Note::text))
          .forEach(note -> context.journal().warn(note.reason(), note.text()));
    }
    context
        .memory()
        .retain("note ", notes.stream().map(TellNotes::fact).collect(Collectors.toSet()));
    context.memory().remember(TOLD, "");
    return Outcome.done();
  }

  private static String fact(Note note) {
    return "note " + note.reason() + ": " + note.text();
  }
}
