package dev.pgoperator.watch;

import dev.pgoperator.config.ConfigReading;
import dev.pgoperator.kube.Change;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Consumer;
import java.util.function.Function;

/** Hears of each change of the one object that holds the options, and has it judged. */
public final class ConfigWatch<T extends HasMetadata> implements Consumer<Change<T>> {
  private final LiveConfig live;
  private final Function<T, ConfigReading> read;
  private final ConfigJournal journal;

  /**
   * @param read the options that an object holds; never throws
   */
  public ConfigWatch(LiveConfig live, Function<T, ConfigReading> read, ConfigJournal journal) {
    this.live = live;
    this.read = read;
    this.journal = journal;
  }

  @Override
  public void accept(Change<T> change) {
    switch (change) {
      case Change.Present<T>(var object) -> journal.tell(object, live.arrived(read.apply(object)));
      case Change.Gone<T>(var last) -> journal.tell(last, live.gone());
    }
  }
}
