package dev.pgoperator.boot;

import java.util.concurrent.TimeUnit;

/** Starts the operator and keeps it until it is told to stop. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    if (Boolean.parseBoolean(System.getenv().getOrDefault("ENABLE_JSON_LOGGING", "false"))) {
      System.setProperty(
          "logback.configurationFile", "logback-json.xml"); // before the first logger exists
    }
    try {
      Wiring operator = Wiring.of(Settings.of(System.getenv()));
      Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "stop"));
      operator.start().toCompletionStage().toCompletableFuture().get(5, TimeUnit.MINUTES);
    } catch (Exception failure) {
      // Without its watches the operator is of no use: end, say why, and let Kubernetes start it
      // anew.
      org.slf4j.LoggerFactory.getLogger(Main.class).error("the operator could not start", failure);
      Runtime.getRuntime().halt(1);
    }
  }
}
