package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.ExecResult;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Names;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * The image's own major upgrade (systems.md §8.7), run in the primary's container. It is started
 * and left alone, because it must not end with the connection or the life of an operator; how it
 * goes is asked again and again. Its log stays in the working directory of the container as {@code
 * last_upgrade.log}; two small files beside it say which process it is and how it ended.
 */
final class UpgradeScript {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final String START =
      """
      if [ -f last_upgrade.pid ] && kill -0 "$(cat last_upgrade.pid)" 2>/dev/null; then exit 0; fi
      rm -f last_upgrade.end last_upgrade.pid
      run='echo $$ > last_upgrade.pid; /usr/bin/python3 /scripts/inplace_upgrade.py MEMBERS > last_upgrade.log 2>&1; echo "$? VERSION" > last_upgrade.new; mv last_upgrade.new last_upgrade.end'
      if [ "$(/usr/bin/id -u)" = 0 ]; then
        setsid /bin/su postgres -c "$run" </dev/null >/dev/null 2>&1 &
      else
        setsid /bin/bash -c "$run" </dev/null >/dev/null 2>&1 &
      fi
      for i in $(seq 50); do [ -f last_upgrade.pid ] && exit 0; sleep 0.1; done
      exit 1
      """;

  /**
   * Whether it has ended is looked at again after it was seen not to run: it may have ended between
   * the two.
   */
  static final String LOOK =
      """
      ended() { [ -f last_upgrade.end ] && echo "ended $(cat last_upgrade.end)"; }
      runs() { [ -f last_upgrade.pid ] && kill -0 "$(cat last_upgrade.pid)" 2>/dev/null && echo running; }
      vanished() { [ -f last_upgrade.pid ] && echo "ended 255 0"; }
      ended || runs || ended || vanished || echo none
      tail -n 1 last_upgrade.log 2>/dev/null || true
      """;

  private static final String CLEAR = "rm -f last_upgrade.end last_upgrade.pid";

  private final SyncContext context;
  private final PodState pod;

  UpgradeScript(SyncContext context, PodState pod) {
    this.context = context;
    this.pod = pod;
  }

  /** How an attempt goes. */
  sealed interface State {
    /** Nobody has begun one here. */
    record None() implements State {}

    /** The pod cannot be asked now. */
    record Unknown() implements State {}

    /**
     * It is being made.
     *
     * @param line the newest of its log
     */
    record Running(String line) implements State {}

    /**
     * It is over.
     *
     * @param code 0 is success
     * @param line the last of its log
     */
    record Ended(int code, String line) implements State {}
  }

  /** Starts it, unless it runs. */
  Future<ExecResult> start(int members, int version) {
    return run(
        START
            .replace("MEMBERS", Integer.toString(members))
            .replace("VERSION", Integer.toString(version)));
  }

  Future<State> look() {
    return run(LOOK).map(result -> parse(result.output()));
  }

  /** Forgets how the last attempt went; its log stays. */
  Future<ExecResult> clear() {
    return run(CLEAR);
  }

  static State parse(String output) {
    List<String> lines = output.lines().toList();
    String first = lines.isEmpty() ? "" : lines.getFirst();
    String last = lines.size() > 1 ? lines.getLast() : "";
    if (first.startsWith("ended ")) {
      String code = first.split(" ", -1)[1];
      return new State.Ended(code.matches("\\d{1,3}") ? Integer.parseInt(code) : 255, last);
    }
    return first.equals("running") ? new State.Running(last) : new State.None();
  }

  private Future<ExecResult> run(String script) {
    return context
        .ports()
        .kube()
        .exec(
            context.id().namespace(),
            pod.name(),
            Names.DATABASE_CONTAINER,
            List.of("/bin/bash", "-c", script),
            DEADLINE);
  }
}
