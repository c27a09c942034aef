package dev.pgoperator.cluster.step;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Origin;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.kube.Events;
import dev.pgoperator.kube.Kube;
import dev.pgoperator.kube.KubeFailure;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Tells people what happens to a cluster: as a Kubernetes Event on its manifest and as a line of
 * the log. An Event that cannot be written is no reason to stop.
 */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** What the log's lines call it. */
  private static final String CLUSTER = "cluster";

  private final Kube kube;
  private final InstantSource clock;
  private final ClusterId id;
  private final Origin.Version version;

  public Journal(Kube kube, InstantSource clock, ClusterId id, Origin.Version version) {
    this.kube = kube;
    this.clock = clock;
    this.id = id;
    this.version = version;
  }

  /** Something that was done or begun. */
  public void tell(String reason, String message) {
    named(() -> LOG.info("{}: {}", reason, message));
    record("Normal", reason, message);
  }

  /** Something that needs somebody's attention. */
  public void warn(String reason, String message) {
    named(() -> LOG.warn("{}: {}", reason, message));
    record("Warning", reason, message);
  }

  /** Also where an order ends on a thread that is no sync's, so that people find all of it. */
  private void named(Runnable line) {
    Optional<String> before = Optional.ofNullable(MDC.get(CLUSTER));
    MDC.put(CLUSTER, id.toString());
    try {
      line.run();
    } finally {
      before.ifPresentOrElse(known -> MDC.put(CLUSTER, known), () -> MDC.remove(CLUSTER));
    }
  }

  private void record(String type, String reason, String message) {
    var manifest =
        new ObjectReferenceBuilder()
            .withApiVersion(Postgresql.API_VERSION)
            .withKind(Postgresql.KIND)
            .withNamespace(id.namespace())
            .withName(id.name())
            .withUid(version.uid())
            .withResourceVersion(version.resourceVersion())
            .build();
    kube.record(Events.about(manifest, type, reason, message, clock.instant()))
        .onFailure(
            failure -> {
              if (!(failure instanceof KubeFailure.Withheld)) {
                LOG.warn("event {} was not recorded: {}", reason, failure.getMessage());
              }
            });
  }
}
