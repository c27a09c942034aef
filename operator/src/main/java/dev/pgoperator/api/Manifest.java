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
