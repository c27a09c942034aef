package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.KubeFailure;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.FabricEventStream;
import dev.pgoperator.model.Labels;
import dev.pgoperator.model.Projection;
import dev.pgoperator.model.Replicas;
import dev.pgoperator.model.RoleDefinition;
import dev.pgoperator.model.Roles;
import dev.pgoperator.model.StreamObjects;
import dev.pgoperator.model.Streams;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.pg.PgEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Event streams: what they need in the servers, and one object for each application that tells the
 * streaming service. That service is not ours: where it is not installed, everything else goes on.
 * The objects go last, because what they stand for is found by them.
 */
public final class SyncStreams implements Step {
  private static final String IN_SYNC = "streams";
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final int FORBIDDEN = 403;

  @Override
  public Outcome run(SyncContext context) {
    Blueprint b = context.blueprint();
    boolean wanted = Streams.areWanted(b);
    if (!wanted && names(context).isEmpty()) {
      return new Outcome.Skipped("no streams are wanted");
    }
    if (!b.config().operator().scope().databaseAccess()
        || context.cluster().spec().isStandby()
        || Replicas.count(b) == 0) {
      return new Outcome.Skipped("there is no primary that the operator may change");
    }
    if (context.memory().knows(IN_SYNC, fingerprint(context))) {
      return context.thorough() ? again(context) : Outcome.done();
    }
    return switch (look(context)) {
      case Sight.Hidden(var reason, var why) ->
          wanted ? new Outcome.Hindered(LOOK_AGAIN, reason, why) : new Outcome.Skipped(why);
      case Sight.Clear(var live) ->
          switch (Primary.find(context)) {
            case Primary.NotYet(var why) -> Waiting.until(context, "WaitingForPrimary", why);
            case Primary.Found(var pod) -> make(context, pod, live);
          };
    };
  }

  /** What can be seen of the objects of the streaming service. */
  private sealed interface Sight {
    record Clear(List<FabricEventStream> live) implements Sight {}

    record Hidden(String reason, String why) implements Sight {}

    static Sight of(Throwable failure) {
      if (failure instanceof KubeFailure.NotFound) {
        return new Hidden(
            "StreamsNotInstalled",
            "streams are not made: the kind FabricEventStream of zalando.org/v1 is not defined");
      }
      if (failure instanceof KubeFailure.Refused refused && refused.status() == FORBIDDEN) {
        return new Hidden(
            "StreamsForbidden",
            "streams are not made: the operator may not list FabricEventStreams");
      }
      throw new StepFailed("list the streams", failure);
    }
  }

  private static Sight look(SyncContext context) {
    var labels = Labels.selector(context.blueprint().config(), context.id());
    return Await.await(
        "list the streams",
        context
            .ports()
            .kube()
            .list(FabricEventStream.class, context.id().namespace(), labels)
            .<Sight>map(Sight.Clear::new)
            .otherwise(Sight::of));
  }

  /** The objects are as they should be, as the watch tells; the servers are asked. */
  private static Outcome again(SyncContext context) {
    return switch (Primary.find(context)) {
      case Primary.NotYet(var why) -> Waiting.until(context, "WaitingForPrimary", why);
      case Primary.Found(var pod) -> {
        StreamSources sources = made(context, pod);
        yield outcome(context, sources.problems());
      }
    };
  }

  private static Outcome make(SyncContext context, PodState primary, List<FabricEventStream> live) {
    StreamSources sources = made(context, primary);
    return outcome(context, new StreamKeeper(context, live).keep(sources));
  }

  private static Outcome outcome(SyncContext context, List<String> problems) {
    if (problems.isEmpty()) {
      context.memory().remember(IN_SYNC, fingerprint(context));
      return Outcome.done();
    }
    context.memory().forget(IN_SYNC);
    return new Outcome.Hindered(LOOK_AGAIN, "StreamsIncomplete", String.join("; ", problems));
  }

  private static StreamSources made(SyncContext context, PodState primary) {
    StreamSources sources = sources(context, primary);
    sources.make();
    sources.restarts().ifPresent(within -> SyncPatroni.expectRestarts(context, within));
    return sources;
  }

  private static StreamSources sources(SyncContext context, PodState primary) {
    PgEndpoint server = superuser(context, primary);
    return new StreamSources(
        context.blueprint(),
        context.answers(),
        MemberAddress.of(primary.address()),
        (wanted, cancellation) ->
            context.ports().postgres().syncPublications(server, wanted, cancellation),
        context.turn());
  }

  private static PgEndpoint superuser(SyncContext context, PodState primary) {
    String name = context.blueprint().config().roles().system().superuser();
    var credential =
        Roles.of(context.blueprint()).named(name).flatMap(RoleDefinition::credential).stream();
    return SyncDatabase.endpoint(primary, name, Credentials.observe(context, credential.toList()));
  }

  private static List<String> names(SyncContext context) {
    return context.ports().inventory().names(FabricEventStream.class, context.id());
  }

  /** Changes whenever there could be something to do. */
  private static String fingerprint(SyncContext context) {
    Blueprint b = context.blueprint();
    Map<String, String> objects = new TreeMap<>();
    Streams.applications(b)
        .forEach(
            application ->
                objects.put(
                    application,
                    Projection.hash(StreamObjects.desired(b, application, application))));
    Inventory inventory = context.ports().inventory();
    String live =
        names(context).stream()
            .map(
                name ->
                    name
                        + "="
                        + inventory
                            .find(FabricEventStream.class, context.id().namespace(), name)
                            .map(Inventory.Seen::owned)
                            .orElse(""))
            .collect(Collectors.joining(","));
    return String.join(" ", objects.toString(), Streams.publications(b).toString(), live);
  }
}
