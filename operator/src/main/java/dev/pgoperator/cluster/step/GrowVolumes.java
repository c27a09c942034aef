package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Annotations;
import dev.pgoperator.model.ClaimGrowth;
import dev.pgoperator.model.CloudDisk;
import dev.pgoperator.model.DiskGrowth;
import dev.pgoperator.model.Labels;
import dev.pgoperator.model.Names;
import dev.pgoperator.model.Replicas;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets the data volumes grow with the manifest, the way that the option {@code storage_resize_mode}
 * says, and brings inherited annotations to their claims. What cannot be is told of and holds
 * nothing up.
 */
public final class GrowVolumes implements Step {
  private static final String IN_SYNC = "volumes";
  private static final String REASON = "VolumeSize";
  private static final String INCOMPLETE = "claims of pods that come";
  private static final String MOVES = "claims that grow";
  private static final Duration RARE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** EC2 takes seconds, seldom minutes; after that nobody's edit waits for it. */
  private static final Duration EXPECTED = Duration.ofMinutes(2);

  @Override
  public Outcome run(SyncContext context) {
    String wishes = wishes(context);
    // Also in a thorough sync: what has settled stays so, and a claim made anew has another pod.
    if (context.memory().knows(IN_SYNC, wishes)) {
      return Outcome.done();
    }
    if (morePodsCome(context)) {
      return new Outcome.LookAgain(PATIENT);
    }
    List<PersistentVolumeClaim> claims = claims(context);
    new ClaimSteps(context).annotate(claims);
    Growth growth =
        switch (mode(context)) {
          case "off" -> new Growth(List.of(), false, false);
          case "ebs" -> disks(context, inUse(context, claims));
          case "mixed" -> mixed(context, claims);
          default -> ofClaims(context, claims, List.of());
        };
    if (growth.waits()) {
      return waiting(context);
    }
    context.memory().stopSince(REASON);
    if (!growth.problems().isEmpty()) {
      return new Outcome.Hindered(RARE, REASON, String.join("; ", growth.problems()));
    }
    if (growth.moves() && isWatched(context)) {
      return new Outcome.LookAgain(PATIENT);
    }
    context.memory().stopSince(MOVES);
    context.memory().remember(IN_SYNC, wishes);
    return Outcome.done();
  }

  /**
   * How far the volumes got.
   *
   * @param waits whether the sync waits for EC2
   * @param moves whether Kubernetes may have more to say of a claim; nobody waits for that
   */
  private record Growth(List<String> problems, boolean waits, boolean moves) {}

  private static Growth ofClaims(
      SyncContext context, List<PersistentVolumeClaim> claims, List<String> problems) {
    List<String> all = new ArrayList<>(problems);
    all.addAll(new ClaimSteps(context).grow(claims));
    boolean moves =
        claims.stream().anyMatch(claim -> !ClaimGrowth.isSettled(claim, context.blueprint()));
    return new Growth(all, false, moves);
  }

  /**
   * While pods are being made their claims are too, of the right size; one look at all of them is
   * enough. A pod that does not come may be waiting for a larger volume, so that is not for long.
   */
  private static boolean morePodsCome(SyncContext context) {
    Instant now = context.ports().clock().instant();
    boolean all = context.pods().size() >= Replicas.count(context.blueprint());
    if (all) {
      context.memory().stopSince(INCOMPLETE);
      return false;
    }
    return Duration.between(context.memory().since(INCOMPLETE, now), now).compareTo(PATIENT) < 0;
  }

  /** A storage class that never tells of its growth is not asked for ever. */
  private static boolean isWatched(SyncContext context) {
    Instant now = context.ports().clock().instant();
    Duration limit = context.blueprint().config().operator().waits().resource().timeout();
    Duration watched = Duration.between(context.memory().since(MOVES, now), now);
    return watched.compareTo(limit.multipliedBy(2)) < 0;
  }

  private static String mode(SyncContext context) {
    return context.blueprint().config().server().storage().resizeMode();
  }

  /** Changes whenever there could be something to do. */
  private static String wishes(SyncContext context) {
    return mode(context)
        + context.blueprint().config().server().storage().awsRegion()
        + context.blueprint().spec().storage().volume()
        + Annotations.inherited(context.blueprint())
        + context.pods().stream().map(PodState::uid).toList();
  }

  private static Growth disks(SyncContext context, List<PersistentVolumeClaim> claims) {
    GrowDisks.Result result = new GrowDisks(context).run(claims);
    return new Growth(result.problems(), result.waits(), false);
  }

  /** At EC2 first; whatever comes of that, the claims grow. */
  private static Growth mixed(SyncContext context, List<PersistentVolumeClaim> claims) {
    List<String> problems = new ArrayList<>();
    var volumes = new CloudVolumes(context);
    var ids =
        volumes.of(inUse(context, claims)).stream()
            .flatMap(one -> one.disk().stream())
            .collect(Collectors.toSet());
    if (!ids.isEmpty()) {
      switch (volumes.describe(ids)) {
        case CloudVolumes.Answer.Silent(var why) -> problems.add(why);
        case CloudVolumes.Answer.Known(var known) -> {
          problems.addAll(volumes.order(known, DiskGrowth::all).values());
          known.values().stream().flatMap(disk -> failure(disk).stream()).forEach(problems::add);
        }
      }
    }
    return ofClaims(context, claims, problems);
  }

  private static List<String> failure(CloudDisk disk) {
    return disk.change() instanceof CloudDisk.Change.Failed(var why)
        ? List.of("EC2 could not change volume " + disk.id() + ": " + why)
        : List.of();
  }

  /** Claims of numbers that no pod has any more are left alone at EC2, where they cost money. */
  private static List<PersistentVolumeClaim> inUse(
      SyncContext context, List<PersistentVolumeClaim> claims) {
    var names =
        context.pods().stream()
            .map(pod -> Names.DATA_VOLUME + "-" + pod.name())
            .collect(Collectors.toSet());
    return claims.stream().filter(claim -> names.contains(claim.getMetadata().getName())).toList();
  }

  private static Outcome waiting(SyncContext context) {
    Instant now = context.ports().clock().instant();
    Duration waited = Duration.between(context.memory().since(REASON, now), now);
    String why = "EC2 is changing the volumes";
    return waited.compareTo(EXPECTED) < 0
        ? new Outcome.RetryAfter(LOOK, REASON, why)
        : new Outcome.Hindered(PATIENT, REASON, why);
  }

  private static List<PersistentVolumeClaim> claims(SyncContext context) {
    var labels = Labels.selector(context.blueprint().config(), context.id());
    String beginning = Names.DATA_VOLUME + "-" + context.id().name() + "-";
    return Await.await(
            "read the claims",
            context
                .ports()
                .kube()
                .list(PersistentVolumeClaim.class, context.id().namespace(), labels))
        .stream()
        .filter(claim -> claim.getMetadata().getName().startsWith(beginning))
        .toList();
  }
}
