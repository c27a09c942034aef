package dev.pgoperator.boot;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cloud.Ec2Disks;
import dev.pgoperator.cluster.ClusterWork;
import dev.pgoperator.cluster.RoleLookup;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.cluster.step.Ports;
import dev.pgoperator.config.ConfigState;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.fleet.FleetView;
import dev.pgoperator.fleet.Observatory;
import dev.pgoperator.kube.Fabric8Kube;
import dev.pgoperator.kube.Fabric8Watches;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.Kube;
import dev.pgoperator.kube.ObjectKey;
import dev.pgoperator.kube.RetryPolicy;
import dev.pgoperator.kube.WatchClient;
import dev.pgoperator.kube.WatchScope;
import dev.pgoperator.kube.Watches;
import dev.pgoperator.model.FieldManager;
import dev.pgoperator.model.Projection;
import dev.pgoperator.pace.Limits;
import dev.pgoperator.pace.Permits;
import dev.pgoperator.patroni.PatroniHttp;
import dev.pgoperator.patroni.PatroniTimeouts;
import dev.pgoperator.pg.PgSync;
import dev.pgoperator.pg.PgTimeouts;
import dev.pgoperator.pg.SaltKey;
import dev.pgoperator.shard.Keeper;
import dev.pgoperator.shard.KubeLeases;
import dev.pgoperator.shard.LeaseNames;
import dev.pgoperator.teams.TeamBook;
import dev.pgoperator.teams.TeamsHttp;
import dev.pgoperator.teams.TokenFile;
import dev.pgoperator.teams.TokenSecret;
import dev.pgoperator.teams.TokenSource;
import dev.pgoperator.watch.ConfigJournal;
import dev.pgoperator.watch.EnvironmentWatch;
import dev.pgoperator.watch.LiveConfig;
import dev.pgoperator.watch.LiveRoleObjects;
import dev.pgoperator.watch.ManifestWatch;
import dev.pgoperator.watch.Reload;
import dev.pgoperator.watch.Resync;
import dev.pgoperator.watch.RoleObjectWatch;
import dev.pgoperator.watch.Rollout;
import dev.pgoperator.watch.SecretFollowing;
import dev.pgoperator.watch.TeardownMarks;
import dev.pgoperator.web.Health;
import dev.pgoperator.web.Pages;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole operator, made once and started in the order in which its parts depend on each other.
 */
final class Wiring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  /** For one answer of the Teams API; no sync waits for it. */
  private static final Duration TEAMS_DEADLINE = Duration.ofSeconds(5);

  private final Telemetry telemetry;
  private final Vertx vertx;
  private final KubernetesClient client;
  private final Timers timers;
  private final Settings settings;
  private final Configuration.Found found;
  private final ConfigState.Next first;
  private final LiveConfig config;
  private final LiveRoleObjects roleObjects;
  private final Kube kube;
  private final Watches watches;
  private final Inventory inventory = new Inventory(Projection::hashOfOwned, this::follow);
  private final Fleet fleet;
  private final SpareMemory spareMemory;
  private final WatchList list;
  private final TeardownMarks marks;
  private final Shares shares;
  private final Optional<Keeper> keeper; // where several pods share the fleet
  private final Rollout rollout;
  private final FleetView view;
  private final SecretFollowing following;
  private volatile boolean ready;

  private Wiring(
      Telemetry telemetry,
      KubernetesClient client,
      Optional<SaltKey> saltKey,
      Settings settings,
      Configuration.Found found) {
    this.telemetry = telemetry;
    this.vertx = telemetry.vertx();
    this.timers = new Timers(vertx);
    this.client = client;
    this.settings = settings;
    this.found = found;
    this.first = ConfigState.start(found.reading());
    this.config = new LiveConfig(first.state(), () -> Reload.ring(vertx));
    this.roleObjects = new LiveRoleObjects(settings.namespace());
    this.watches = new Fabric8Watches(vertx, WatchClient.beside(client, FieldManager.NAME));
    this.kube =
        kube(
            telemetry.watched("requests", new Permits(Fabric8Kube.MOST_REQUESTS)),
            RetryPolicy.DEFAULT);
    var observatory =
        new Observatory(vertx.eventBus(), telemetry.registry(), InstantSource.system());
    var ports =
        new Ports(
            kube,
            inventory,
            new Ports.Servers(
                new PatroniHttp(vertx, PatroniTimeouts.defaults()),
                new PgSync(vertx, PgTimeouts.DEFAULT, saltKey)),
            new Ec2Disks(vertx),
            InstantSource.system(),
            observatory);
    var roles = new RoleLookup(roleObjects, teamBook());
    var limits = Limits.standard();
    telemetry.watch(limits);
    this.spareMemory = new SpareMemory(() -> limits.syncs().free() == Limits.SYNCS);
    this.fleet =
        new Fleet(
            vertx,
            limits,
            id -> Ours.share(keeper(), id),
            (fleet, mailbox) ->
                new ClusterWork(
                    mailbox,
                    ports.behind(Ours.fence(keeper(), mailbox.id())),
                    config,
                    roles,
                    id -> {
                      fleet.forget(id);
                      left(observatory, id);
                    }));
    this.list = new WatchList(watches, fleet, inventory, config);
    this.marks =
        new TeardownMarks(
            list.objects(), id -> fleet.wasTornDown(id, false), settings.controllerId());
    this.shares = new Shares(fleet, marks, id -> left(observatory, id), telemetry.registry());
    this.keeper = settings.shared() ? Optional.of(newKeeper()) : Optional.empty();
    keeper.ifPresent(telemetry::held);
    this.rollout = new Rollout(fleet::known, fleet::tellIfKnown, timers::later);
    this.view = new FleetView(fleet, observatory, limits);
    this.following = new SecretFollowing(watches, fleet);
  }

  /** Reads the configuration and makes all parts; nothing moves yet. */
  static Wiring of(Settings settings) {
    // A start has to be quick, so what does not need each other is made at the same time.
    CompletableFuture<Telemetry> telemetry = supplyAsync(Telemetry::start);
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withRequestTimeout(15_000)
                    .withRequestRetryBackoffLimit(0) // retries have one policy: RetryPolicy
                    .withWatchReconnectInterval(200)
                    .withUserAgent("postgres-operator")
                    .build())
            .build();
    CompletableFuture<Optional<SaltKey>> saltKey =
        supplyAsync(() -> SaltKeySecret.load(client, settings.namespace()));
    Configuration.Found found = Configuration.of(settings).read(client);
    return new Wiring(telemetry.join(), client, saltKey.join(), settings, found);
  }

  /**
   * Done when the operator acts. Manifests come last: then their objects are known already and
   * nothing is asked twice. Leases are taken meanwhile.
   */
  Future<Void> start() {
    OperatorConfig options = first.state().inForce();
    Optional<String> namespace = watched();
    LOG.info(
        "starting; watching {}",
        namespace.map(name -> "namespace " + name).orElse("all namespaces"));
    Resync resync = new Resync(vertx, fleet, () -> config.get().operator().pace().resyncPeriod());
    var health = new Health(() -> ready, watches::interrupted);
    keeper.ifPresent(Keeper::start);
    return new Pages(health, view, telemetry.registry(), Observatory.CHANGED)
        .listen(vertx, options.operator().httpApi().port())
        .compose(
            http ->
                Future.all(followConfiguration(namespace, resync), list.begin(namespace, marks)))
        .compose(
            known ->
                watches.watchManifests(
                    WatchScope.all(namespace), new ManifestWatch(fleet, settings.controllerId())))
        .onSuccess(
            all -> {
              shares.ready(id -> Ours.share(keeper, id).isPresent());
              keeper.ifPresent(Keeper::ready);
              resync.pace();
              spareMemory.watch(vertx);
              ready = true;
              LOG.info("started; {} clusters are known", fleet.known().size());
            });
  }

  private Optional<String> watched() {
    return settings.watched(first.state().inForce().operator().scope().watchedNamespace());
  }

  private Kube kube(Permits places, RetryPolicy retry) {
    return new Fabric8Kube(vertx, client, FieldManager.NAME, places, retry, telemetry.requests());
  }

  private Optional<Keeper> keeper() {
    return keeper;
  }

  /** Asks with places of its own, so that leases are renewed however much else there is to do. */
  private Keeper newKeeper() {
    var once = new RetryPolicy(1, Duration.ZERO, Duration.ZERO); // the keeper has its own rhythm
    Kube direct = kube(new Permits(Fabric8Kube.MOST_REQUESTS), once);
    LeaseNames names = settings.leases(watched());
    return shares.keeper(vertx, new KubeLeases(direct, settings.namespace(), names), names);
  }

  private TeamBook teamBook() {
    TokenSource tokens =
        settings.teamsTokenFile().isEmpty()
            ? new TokenSecret(kube, settings.namespace())
            : new TokenFile(vertx, settings.teamsTokenFile());
    return new TeamBook(
        new TeamsHttp(vertx, tokens, TEAMS_DEADLINE),
        InstantSource.system(),
        timers::later,
        (team, readers) ->
            rollout.tell(readers::contains, new Trigger.ConfigChanged("members of team " + team)));
  }

  /** A configuration that cannot be watched is in force all the same, until the next start. */
  private Future<Void> followConfiguration(Optional<String> namespace, Resync resync) {
    var journal = new ConfigJournal(kube, InstantSource.system());
    found.object().ifPresent(object -> journal.tell(object, first.news()));
    Configuration.of(settings).follow(watches, config, journal);
    var environment = new EnvironmentWatch(watches, namespace, rollout, inventory.environment());
    var roles = new RoleObjectWatch(watches, namespace, roleObjects, rollout, journal);
    return new Reload(config, environment, roles, rollout, resync).start(vertx);
  }

  private void follow(ObjectKey secret) {
    following.begin(inventory.followed(), secret);
  }

  /** This pod does not work for the cluster any more, or there is none any more. */
  private void left(Observatory observatory, ClusterId id) {
    observatory.forget(id);
    inventory.followed().release(id);
    following.tidy(inventory.followed());
  }

  /**
   * Gives way and releases all leases, so that another pod takes over at once, then stops.
   *
   * @param patience how long to wait for that; without it the leases expire
   */
  void stop(Duration patience) {
    LOG.info("stopping");
    keeper.ifPresent(one -> release(one, patience));
    close();
  }

  private static void release(Keeper keeper, Duration patience) {
    try {
      keeper
          .stop()
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException late) {
      LOG.warn("not all leases were released in {} s; they expire", patience.toSeconds());
    }
  }

  @Override
  public void close() {
    watches.close();
    vertx.close().onComplete(closed -> client.close());
  }
}
