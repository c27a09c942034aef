package dev.pgoperator.watch;

import dev.pgoperator.config.ConfigNews;
import dev.pgoperator.config.ConfigReading;
import dev.pgoperator.config.ConfigState;
import dev.pgoperator.config.OperatorConfig;
import java.util.List;
import java.util.function.Supplier;

/**
 * The configuration in force. Anybody may ask for it at any time; only the one watch of the
 * configuration changes it, one change at a time.
 */
public final class LiveConfig implements Supplier<OperatorConfig> {
  private final Runnable bell;
  private volatile ConfigState state;

  /**
   * @param first the state that the operator starts with
   * @param bell rung after another configuration came into force
   */
  public LiveConfig(ConfigState first, Runnable bell) {
    this.state = first;
    this.bell = bell;
  }

  @Override
  public OperatorConfig get() {
    return state.inForce();
  }

  /** What was written now; the answer is what to tell about it. */
  List<ConfigNews> arrived(ConfigReading reading) {
    return next(state.arrived(reading));
  }

  /** The written configuration was deleted. */
  List<ConfigNews> gone() {
    return next(state.gone());
  }

  private List<ConfigNews> next(ConfigState.Next next) {
    OperatorConfig before = state.inForce();
    state = next.state();
    if (!before.equals(state.inForce())) {
      bell.run();
    }
    return next.news();
  }
}
