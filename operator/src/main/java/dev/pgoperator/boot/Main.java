package dev.pgoperator.boot;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Starts the operator and keeps it until it is told to stop. */
public final class Main {
  /** Within the half minute that Kubernetes leaves a pod by default. */
  private static final Duration GIVE_WAY = Duration.ofSeconds(20);

  private Main() {}

  public static void main(String[] args) {
    if (Boolean.parseBoolean(System.getenv().getOrDefault("ENABLE_JSON_LOGGING", "false"))) {
      System.setProperty(
          "logback.configurationFile", "logback-json.xml"); // before the first logger exists
    }
    try {
      Wiring operator = Wiring.of(Settings.of(System.getenv()));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> operator.stop(GIVE_WAY), "stop"));
      operator.start().toCompletionStage().toCompletableFuture().get(5, TimeUnit.MINUTES);
    } catch (Exception failure) {
      // Without its watches the operator is of no use: end, say why, and let Kubernetes start it
      // anew.
      org.slf4j.LoggerFactory.getLogger(Main.class).error("the operator could not start", failure);
      Runtime.getRuntime().halt(1);
    }
  }
}
