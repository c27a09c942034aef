package dev.pgoperator.watch;

import dev.pgoperator.config.ConfigNews;
import dev.pgoperator.kube.Events;
import dev.pgoperator.kube.Kube;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells administrators what became of their configuration: as a line of the log, and as an Event on
 * the object that holds it. Each operator pod tells it, and it becomes one Event. An Event that
 * cannot be written is no reason to stop.
 */
public final class ConfigJournal {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigJournal.class);

  private final Kube kube;
  private final InstantSource clock;

  public ConfigJournal(Kube kube, InstantSource clock) {
    this.kube = kube;
    this.clock = clock;
  }

  /** Tells all of it about this object. */
  public void tell(HasMetadata object, List<ConfigNews> news) {
    news.forEach(
        one -> {
          log(one);
          record(reference(object), one);
        });
  }

  private static void log(ConfigNews news) {
    if (news.good()) {
      LOG.info("configuration: {}", news.text());
    } else {
      LOG.warn("configuration: {}", news.text());
    }
  }

  private void record(ObjectReference object, ConfigNews news) {
    String type = news.good() ? "Normal" : "Warning";
    String message = news.text(Events.LONGEST);
    kube.record(Events.once(object, type, news.reason(), message, clock.instant()))
        .onFailure(
            failure ->
                LOG.warn("event {} was not recorded: {}", news.reason(), failure.getMessage()));
  }

  private static ObjectReference reference(HasMetadata object) {
    var meta = object.getMetadata();
    return new ObjectReferenceBuilder()
        .withApiVersion(object.getApiVersion())
        .withKind(object.getKind())
        .withNamespace(meta.getNamespace())
        .withName(meta.getName())
        .withUid(meta.getUid())
        .withResourceVersion(meta.getResourceVersion())
        .build();
  }
}
