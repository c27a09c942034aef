package dev.pgoperator.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/**
 * A {@code postgresql} object as it was delivered: understood, or known to be wrong in every place
 * that is listed.
 */
public sealed interface Manifest {

  ClusterId id();

  Origin origin();

  /** Whether its cluster has not come as far as to run, by what its status says. */
  default boolean isNew() {
    return switch (origin().status().knownPhase()) {
      case UNKNOWN, CREATING, CREATE_FAILED -> true;
      case RUNNING, UPDATING, UPDATE_FAILED, SYNC_FAILED, INVALID -> false;
    };
  }

  /** A manifest that can be acted on. */
  record Valid(Postgresql cluster) implements Manifest {
    @Override
    public ClusterId id() {
      return cluster.id();
    }

    @Override
    public Origin origin() {
      return cluster.origin();
    }
  }

  /** A manifest with at least one problem; all of them are listed. */
  record Malformed(ClusterId id, Origin origin, List<Problem> problems) implements Manifest {
    public Malformed {
      problems = List.copyOf(problems);
    }
  }

  /** Decodes any object, however broken; never throws. */
  static Manifest decode(GenericKubernetesResource raw) {
    return ManifestDecoder.decode(raw);
  }
}
