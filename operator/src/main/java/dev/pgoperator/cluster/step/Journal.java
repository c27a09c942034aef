package dev.pgoperator.cluster.step;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Origin;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.kube.Kube;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what happens to a cluster: as a Kubernetes Event on its manifest and as a line of
 * the log. An Event that cannot be written is no reason to stop.
 */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** Source component of all Events, as existing tools filter for it (behaviour.md). */
  private static final String COMPONENT = "postgres-operator";

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
    LOG.info("{}: {}", reason, message);
    record("Normal", reason, message);
  }

  /** Something that needs somebody's attention. */
  public void warn(String reason, String message) {
    LOG.warn("{}: {}", reason, message);
    record("Warning", reason, message);
  }

  private void record(String type, String reason, String message) {
    String now = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(id.namespace())
            .withName(id.name() + "." + UUID.randomUUID().toString().substring(0, 13))
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion(Postgresql.API_VERSION)
            .withKind(Postgresql.KIND)
            .withNamespace(id.namespace())
            .withName(id.name())
            .withUid(version.uid())
            .withResourceVersion(version.resourceVersion())
            .endInvolvedObject()
            .withType(type)
            .withReason(reason)
            .withMessage(message.length() > 1000 ? message.substring(0, 1000) : message)
            .withNewSource()
            .withComponent(COMPONENT)
            .endSource()
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .build();
    kube.record(event)
        .onFailure(
            failure -> LOG.warn("event {} was not recorded: {}", reason, failure.getMessage()));
  }
}
