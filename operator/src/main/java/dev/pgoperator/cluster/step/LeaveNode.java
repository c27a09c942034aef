package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Nodes;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Evacuation;
import dev.pgoperator.model.Instance.State;
import dev.pgoperator.model.Successor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Moves the primary away from a node that is being emptied, so that a drain, which the budget holds
 * back for the primary's sake, goes on. Replicas are left to the drain.
 */
public final class LeaveNode implements Step {
  private static final String REASON = "NodeDrain";
  private static final Duration LOOK = Duration.ofSeconds(15);

  @Override
  public Outcome run(SyncContext context) {
    Optional<PodState> primary =
        context.pods().stream()
            .filter(pod -> pod.role().equals(Primary.LABEL) && pod.reachable())
            .filter(pod -> leaves(context, pod))
            .findFirst();
    if (primary.isEmpty()) {
      return Outcome.done();
    }
    if (context.memory().underway().isBusy() || RollPods.isDue(context)) {
      return new Outcome.Skipped("pods or servers are being restarted");
    }
    return Interruption.untilWindow(
            context, "moving the primary from node " + primary.get().place().node())
        .orElseGet(() -> move(context, primary.get()));
  }

  private static boolean leaves(SyncContext context, PodState pod) {
    return nodes(context).leaves(pod.place().node(), readiness(context));
  }

  private static boolean ends(SyncContext context, PodState pod) {
    return nodes(context).ends(pod.place().node(), readiness(context));
  }

  private static Nodes nodes(SyncContext context) {
    return context.ports().inventory().nodes();
  }

  private static Map<String, String> readiness(SyncContext context) {
    return context.blueprint().config().pods().scheduling().nodeReadiness().labels();
  }

  private static Outcome move(SyncContext context, PodState primary) {
    Members members = Members.ask(context);
    boolean elsewhere = nodes(context).anyStays(readiness(context));
    Optional<String> stranded = stranded(context, members);
    Successor lasting = members.successor(pod -> !ends(context, pod));
    boolean mayLast = lasting instanceof Successor.Found || (stranded.isPresent() && elsewhere);
    var evacuation =
        new Evacuation(
            primary.name(),
            mayLast ? lasting : members.successor(pod -> !leaves(context, pod)),
            members.pods().size() == 1,
            stranded,
            elsewhere);
    return switch (evacuation.next()) {
      case Evacuation.Next.HandOver(var name) ->
          HandingOver.begin(context, primary, members.pod(name).orElseThrow());
      case Evacuation.Next.Replace(var name) -> {
        PodState pod = members.pod(name).orElseThrow();
        yield Appointment.first(context, members, pod, REASON)
            .orElseGet(() -> replace(context, pod));
      }
      case Evacuation.Next.Stuck(var why) -> new Outcome.Hindered(LOOK, REASON, why);
    };
  }

  /** Only while all other pods work, so that never two are down. */
  private static Optional<String> stranded(SyncContext context, Members members) {
    boolean allWork = members.pods().stream().allMatch(pod -> members.state(pod).works());
    return members.pods().stream()
        .filter(pod -> allWork && members.state(pod) == State.STREAMING)
        .filter(pod -> ends(context, pod))
        .map(PodState::name)
        .findFirst();
  }

  private static Outcome replace(SyncContext context, PodState pod) {
    Replacement.begin(context, pod, " to leave node " + pod.place().node());
    return new Outcome.RetryAfter(LOOK, REASON, pod.name() + " is being replaced");
  }
}
