package dev.pgoperator.cluster;

import dev.pgoperator.api.Manifest;
import dev.pgoperator.api.Origin;
import dev.pgoperator.api.Phase;

/**
 * Why a cluster is looked at. What it should be like is always read afresh, never from the trigger.
 */
public sealed interface Trigger {

  /** The word for bus headers, metrics and logs. */
  default String kind() {
    return switch (this) {
      case SpecChanged(var _) -> "spec-changed";
      case Appeared(var _) -> "appeared";
      case Found(var _) -> "found";
      case PodChanged(var _) -> "pod-changed";
      case ObjectChanged(var _) -> "object-changed";
      case NodeChanged(var _) -> "node-changed";
      case ConfigChanged(var _) -> "config-changed";
      case Resync() -> "resync";
      case Retry(var _) -> "retry";
      case Deleted(var _) -> "deleted";
    };
  }

  /** What a manifest means that is seen for the first time. */
  static Trigger firstSight(Manifest manifest) {
    Origin origin = manifest.origin();
    if (manifest.isNew()) {
      return new Appeared(manifest);
    }
    boolean dealtWith =
        origin.status().knownPhase() == Phase.RUNNING
            && origin.status().observedGeneration() == origin.generation();
    return dealtWith ? new Found(manifest) : new SpecChanged(manifest);
  }

  /** The manifest was changed. */
  record SpecChanged(Manifest manifest) implements Trigger {}

  /** The manifest is new: its cluster has not come as far as to run. */
  record Appeared(Manifest manifest) implements Trigger {}

  /**
   * A manifest was found, at the start or a take-over, whose status says it has been dealt with.
   */
  record Found(Manifest manifest) implements Trigger {}

  /** A pod changed in something that decisions read. */
  record PodChanged(String pod) implements Trigger {}

  /** A node that holds a pod of the cluster is being emptied, or is not any more. */
  record NodeChanged(String node) implements Trigger {}

  /** An object that we made was changed or deleted by somebody else. */
  record ObjectChanged(String object) implements Trigger {}

  /**
   * The operator's configuration, or an object that it names, has changed.
   *
   * @param what names the object
   */
  record ConfigChanged(String what) implements Trigger {}

  /** It is time to look again, although nothing is known to have changed. */
  record Resync() implements Trigger {}

  /** A step asked to be run again after a while. */
  record Retry(String why) implements Trigger {}

  /** The manifest is gone or on its way out. */
  record Deleted(Origin last) implements Trigger {}
}
