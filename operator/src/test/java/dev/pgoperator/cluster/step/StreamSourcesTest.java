package dev.pgoperator.cluster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.Manifest;
import dev.pgoperator.cluster.Manifests;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.PodEnvironment;
import dev.pgoperator.pace.Claim;
import dev.pgoperator.pace.Limits;
import dev.pgoperator.patroni.PatroniHttp;
import dev.pgoperator.patroni.PatroniTimeouts;
import dev.pgoperator.pg.SyncReport;
import dev.pgoperator.pg.Traffic;
import dev.pgoperator.pg.plan.DesiredPublications;
import dev.pgoperator.pg.plan.Skipped;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What streams need in the servers, with a Patroni that answers and a database that is told. */
class StreamSourcesTest {

  private static final String TWO =
      """
        streams:
        - {applicationId: a, database: sales, tables: {t: {eventType: e}}}
        - {applicationId: a, database: stock, tables: {t: {eventType: e}}}
      """;

  private final Vertx vertx = Vertx.vertx();
  private final PatroniServer patroni = new PatroniServer(vertx);
  private final List<DesiredPublications> told = new ArrayList<>();
  private final Set<String> closed = new HashSet<>();
  private final Set<String> refused = new HashSet<>();

  @BeforeEach
  void configure() {
    patroni.configured(
        new JsonObject(
            """
            {"postgresql": {"parameters": {"wal_level": "logical"}},
             "slots": {"theirs": {"type": "physical"}}}"""));
  }

  @AfterEach
  void close() {
    patroni.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  private StreamSources make(String moreSpec) {
    var cluster = ((Manifest.Valid) Manifests.with(1, moreSpec)).cluster();
    var sources =
        new StreamSources(
            new Blueprint(cluster, OperatorConfigs.defaults(), PodEnvironment.NONE),
            new PatroniAnswers(
                new PatroniHttp(vertx, PatroniTimeouts.defaults()), InstantSource.system()),
            patroni.address(),
            (wanted, cancellation) -> publish(wanted),
            new Turn(new Limits(1, 1), Claim.NOBODY, () -> false));
    return VirtualThread.run(
        vertx,
        () -> {
          sources.make();
          return sources;
        });
  }

  private Future<SyncReport> publish(DesiredPublications wanted) {
    String database = wanted.database().value();
    if (closed.contains(database)) {
      return Future.failedFuture(new IllegalStateException(database + " lets nobody in"));
    }
    told.add(wanted);
    List<Skipped> skipped =
        wanted.tables().keySet().stream()
            .filter(refused::contains)
            .map(name -> new Skipped("publication \"" + name + "\"", "too long"))
            .toList();
    return Future.succeededFuture(
        new SyncReport(List.of(), List.of(), skipped, new Traffic(1, 2, 0)));
  }

  @Test
  void makesPublicationsThenSlotsAndThenNothingMore() {
    StreamSources first = make(TWO);

    assertThat(first.problems()).isEmpty();
    assertThat(first.ready()).containsExactlyInAnyOrder("fes_sales_a", "fes_stock_a");
    assertThat(told).extracting(one -> one.database().value()).containsExactly("sales", "stock");
    assertThat(patroni.config().getJsonObject("slots").fieldNames())
        .containsExactlyInAnyOrder("fes_sales_a", "fes_stock_a", "theirs");
    assertThat(patroni.patches()).isEqualTo(1);

    make(TWO);
    assertThat(patroni.patches()).isEqualTo(1);
  }

  @Test
  void aSlotWithoutItsPublicationIsNotMadeBecauseItWouldOnlyKeepWal() {
    closed.add("stock");
    refused.add("fes_sales_a");

    StreamSources sources = make(TWO);

    assertThat(sources.ready()).isEmpty();
    assertThat(sources.problems()).singleElement().asString().contains("stock lets nobody in");
    assertThat(patroni.patches()).isZero();
  }

  @Test
  void whatNoStreamWantsGoesAndWhatCannotBeReachedStaysFindable() {
    make(TWO);
    told.clear();
    closed.add("stock");

    StreamSources sources = make("");

    assertThat(told).singleElement().satisfies(one -> assertThat(one.tables()).isEmpty());
    assertThat(patroni.config().getJsonObject("slots").fieldNames())
        .containsExactlyInAnyOrder("fes_stock_a", "theirs");
    assertThat(sources.problems()).hasSize(1);
  }

  @Test
  void aRestartThatIsNeededIsToldUntilItHasHappened() {
    patroni.configured(new JsonObject("{\"postgresql\": {\"parameters\": {}}}"));
    assertThat(make(TWO).problems()).singleElement().asString().contains("restart");
    assertThat(patroni.config().getJsonObject("postgresql").getJsonObject("parameters").getMap())
        .containsEntry("wal_level", "logical");

    patroni.waitsForRestart("wal_level");
    assertThat(make(TWO).problems()).singleElement().asString().contains("restart");
  }

  @Test
  void aRestartForAnotherReasonIsNoneOfItsBusiness() {
    patroni.waitsForRestart("max_connections");
    assertThat(make(TWO).problems()).isEmpty();
  }

  @Test
  void aDatabaseWhoseNameNoSlotCanHaveIsNamed() {
    StreamSources sources =
        make("  streams: [{applicationId: a, database: Sales, tables: {t: {eventType: e}}}]\n");
    assertThat(sources.ready()).isEmpty();
    assertThat(sources.problems()).singleElement().asString().contains("fes_Sales_a");
  }

  @Test
  void aClusterThatPatroniHasNotBegunIsLeftAlone() {
    patroni.configured(new JsonObject());
    assertThat(make(TWO).problems()).containsExactly("Patroni has no configuration yet");
    assertThat(told).isEmpty();
  }
}
