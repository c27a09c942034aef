package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.HeldVersion;
import dev.pgoperator.model.Maintenance;
import dev.pgoperator.model.MajorVersions;
import dev.pgoperator.model.MajorVersions.Choice;
import dev.pgoperator.model.StatefulSets;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Optional;
import java.util.Set;

/**
 * The StatefulSet that is wanted now, with the major version that its pods may have now: what runs
 * keeps its version outside the maintenance windows, and never gets a lower one.
 */
final class VersionHold {
  private static final String PLAIN = "StatefulSet";

  private final SyncContext context;

  VersionHold(SyncContext context) {
    this.context = context;
  }

  /** The version for the pods, and why it may not be the one that is wanted. */
  Choice choice() {
    String wanted = MajorVersions.wanted(context.blueprint());
    var id = context.id();
    Optional<Inventory.Seen> seen =
        context.ports().inventory().find(StatefulSet.class, id.namespace(), id.name());
    if (seen.isPresent() && new OwnedObjects(context).inSync(plain(), seen.get())) {
      return new Choice.Take(wanted);
    }
    // Where no watch knows of a StatefulSet or a pod, no version runs that could be kept.
    boolean nothingRuns = seen.isEmpty() && context.pods().isEmpty();
    Optional<String> live = nothingRuns ? Optional.empty() : live(seen);
    if (live.isEmpty() || live.get().equals(wanted)) {
      return new Choice.Take(wanted);
    }
    boolean open =
        Maintenance.of(context.blueprint(), context.ports().clock().instant())
            instanceof Maintenance.Open;
    return MajorVersions.choose(
        live.get(), Statuses.askThoseWithRole(context).majorVersion(), wanted, open);
  }

  private Derived plain() {
    Memory memory = context.memory();
    return memory
        .derived(PLAIN)
        .orElseGet(
            () -> {
              Derived derived = Derived.of(StatefulSets.desired(context.blueprint()));
              memory.rememberDerived(PLAIN, derived);
              return derived;
            });
  }

  /** Read again only when the object has changed since. */
  private Optional<String> live(Optional<Inventory.Seen> seen) {
    Memory memory = context.memory();
    String fact = "version of the pods in StatefulSet ";
    String form = seen.map(known -> known.uid() + known.owned()).orElse("unknown");
    Optional<String> known =
        memory.remembered(fact + form + " ").stream().findFirst().filter(v -> seen.isPresent());
    if (known.isPresent()) {
      return known;
    }
    var id = context.id();
    Optional<String> read =
        Await.await(
                "read the StatefulSet",
                context.ports().kube().find(StatefulSet.class, id.namespace(), id.name()))
            .flatMap(HeldVersion::of);
    read.ifPresent(version -> memory.retain(fact, Set.of(fact + form + " " + version)));
    return read;
  }

  /** With the version that was chosen. */
  StatefulSet desired(Choice choice) {
    Blueprint b = context.blueprint();
    return switch (choice) {
      case Choice.Take _ -> StatefulSets.desired(b);
      case Choice.Later(var version) -> HeldVersion.in(StatefulSets.desired(b), version);
      case Choice.Never(var version) -> HeldVersion.in(StatefulSets.desired(b), version);
    };
  }

  /** Under which it is remembered. */
  static String name(Choice choice) {
    return choice instanceof Choice.Take ? PLAIN : "StatefulSet with " + choice.version();
  }
}
