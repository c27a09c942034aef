package dev.pgoperator.model;

import java.util.Optional;

/**
 * How a primary gets off a node that is being emptied (behaviour.md §4.11). Pure.
 *
 * @param primary the pod on that node
 * @param successor who would take over, among the pods on other nodes
 * @param alone whether the cluster has no other pod
 * @param strandedReplica a replica that works and is on such a node, too
 * @param elsewhere whether there is any node to go to
 */
public record Evacuation(
    String primary,
    Successor successor,
    boolean alone,
    Optional<String> strandedReplica,
    boolean elsewhere) {

  /** The next thing to do. */
  public sealed interface Next {
    /** Let this pod lead. */
    record HandOver(String successor) implements Next {}

    /** Make this pod anew, on another node. */
    record Replace(String pod) implements Next {}

    /** Nothing can be done now. */
    record Stuck(String why) implements Next {}
  }

  public Next next() {
    return switch (successor) {
      case Successor.Found(var name) -> new Next.HandOver(name);
      case Successor.Nobody _ when !elsewhere ->
          new Next.Stuck(primary + " cannot leave its node: there is no other one");
      case Successor.Nobody _ when alone -> new Next.Replace(primary);
      case Successor.Nobody(var why) ->
          strandedReplica
              .<Next>map(Next.Replace::new)
              .orElseGet(() -> new Next.Stuck(primary + " cannot leave its node: " + why));
    };
  }
}
