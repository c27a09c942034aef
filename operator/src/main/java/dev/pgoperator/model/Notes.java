package dev.pgoperator.model;

import java.util.ArrayList;
import java.util.List;

/** What users should hear about the objects of their cluster. */
public final class Notes {

  /** The reason that existing users watch for. */
  private static final String RESOURCE_LIMITS = "ResourceLimits";

  private Notes() {}

  /** In a fixed order, so that an unchanged cluster gives unchanged notes. */
  public static List<Note> of(Blueprint b) {
    List<Note> notes = new ArrayList<>();
    ContainerResources.database(b).raised().forEach(t -> notes.add(new Note(RESOURCE_LIMITS, t)));
    PodVolumes.of(b).rejected().forEach(t -> notes.add(new Note("Volumes", t)));
    Sidecars.contested(b)
        .forEach(
            name ->
                notes.add(
                    new Note(
                        "Sidecars",
                        "more than one container is called %s; the first one counts"
                            .formatted(name))));
    Roles.of(b).notes().forEach(n -> notes.add(new Note("Roles", n.text())));
    String poolerUser = b.spec().access().pooler().session().user();
    if (!poolerUser.isEmpty() && !poolerUser.equals(SystemRoles.poolerUser(b))) {
      notes.add(
          new Note(
              "ConnectionPooler",
              "the connection pooler's user %s is reserved; using %s"
                  .formatted(poolerUser, SystemRoles.poolerUser(b))));
    }
    if (b.spec().isStandby() && b.spec().numberOfInstances() > 1) {
      notes.add(
          new Note(
              "Standby",
              "a standby cluster is meant to have one pod; the configured bounds apply to this one"));
    }
    return List.copyOf(notes);
  }
}
