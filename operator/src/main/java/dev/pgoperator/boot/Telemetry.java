package dev.pgoperator.boot;

import dev.pgoperator.kube.Requests;
import dev.pgoperator.pace.Limits;
import dev.pgoperator.pace.Permits;
import dev.pgoperator.shard.Keeper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.Match;
import io.vertx.micrometer.MatchType;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;

/**
 * The registry in which Vert.x, the gateway to Kubernetes and the steps of syncs count, and the
 * Vert.x that counts in it.
 */
record Telemetry(PrometheusMeterRegistry registry, Vertx vertx) {

  static Telemetry start() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var options =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setLabels(EnumSet.of(Label.EB_ADDRESS, Label.POOL_TYPE, Label.POOL_NAME))
            // One series for all clusters: thousands of addresses would be thousands of series.
            .addLabelMatch(
                new Match()
                    .setDomain(MetricsDomain.EVENT_BUS)
                    .setLabel(Label.EB_ADDRESS.toString())
                    .setType(MatchType.REGEX)
                    .setValue("cluster\\..*")
                    .setAlias("cluster.*"));
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setMetricsOptions(options))
            .withMetrics(new MicrometerMetricsFactory(registry))
            .build();
    new JvmMemoryMetrics().bindTo(registry); // after Vert.x has set its filters
    return new Telemetry(registry, vertx);
  }

  /** Counts requests to the API server by verb and status. */
  Requests requests() {
    return (verb, status, took) ->
        registry
            .timer("pgoperator.kube.request", "verb", verb, "status", Integer.toString(status))
            .record(took);
  }

  /** Shows how many shards this pod works for. */
  void held(Keeper keeper) {
    Gauge.builder("pgoperator.shards.held", keeper, one -> one.held().size()).register(registry);
  }

  /** Shows what clusters share. Nobody queues for a room aside, so only what is free is shown. */
  void watch(Limits limits) {
    watched("syncs", limits.syncs());
    free("aside", limits.aside());
    watched("sessions", limits.sessions());
  }

  /** Shows how many places are free, and how many wait for one. */
  Permits watched(String of, Permits permits) {
    free(of, permits);
    Gauge.builder("pgoperator.permits.waiting", permits, Permits::waiting)
        .tag("of", of)
        .register(registry);
    return permits;
  }

  private void free(String of, Permits permits) {
    Gauge.builder("pgoperator.permits.free", permits, Permits::free)
        .tag("of", of)
        .register(registry);
  }
}
