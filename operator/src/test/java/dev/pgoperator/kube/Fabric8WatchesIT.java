package dev.pgoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.Manifest;
import dev.pgoperator.model.FabricEventStream;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The watches against an API server that speaks HTTP, so that the client's transport is part of the
 * test.
 */
@EnableKubernetesMockClient(crud = true)
class Fabric8WatchesIT {
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  @SuppressWarnings("NullAway.Init") // set by the extension
  private KubernetesClient client;

  @SuppressWarnings("NullAway.Init") // set by the extension
  private KubernetesMockServer server;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static Service service(String name, String cluster) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .addToLabels("application", "spilo")
        .addToLabels("cluster-name", cluster)
        .endMetadata()
        .withNewSpec()
        .withType("ClusterIP")
        .endSpec()
        .build();
  }

  private static String next(BlockingQueue<String> heard) throws InterruptedException {
    String change = heard.poll(10, TimeUnit.SECONDS);
    return change == null ? "nothing within ten seconds" : change;
  }

  private static String said(Change<Service> change) {
    return switch (change) {
      case Change.Present<Service>(var live) ->
          live.getMetadata().getName() + " " + live.getSpec().getType();
      case Change.Gone<Service>(var last) -> last.getMetadata().getName() + " is gone";
    };
  }

  @Test
  void nobodyWaitsForAKindThatIsNotDefined() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    var empty =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  asked.add(request.path());
                  request.response().setStatusCode(404).end();
                })
            .listen(0, "127.0.0.1")
            .await(5, TimeUnit.SECONDS);
    var config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + empty.actualPort())
            .build();
    try (var stranger = new KubernetesClientBuilder().withConfig(config).build();
        var watches = new Fabric8Watches(vertx, stranger)) {
      watches
          .watchIfDefined(
              FabricEventStream.class,
              FabricEventStream::new,
              WatchScope.all(Optional.empty()),
              change -> asked.add("a change"))
          .await(10, TimeUnit.SECONDS);
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("/apis/zalando.org/v1");
      assertThat(asked.poll(10, TimeUnit.SECONDS))
          .as("its definition is waited for by a watch")
          .isEqualTo(DEFINITIONS);
    }
    assertThat(asked).as("and nobody asks for the kind itself").allMatch(DEFINITIONS::equals);
  }

  @Test
  void deliversWhatExistsAndThenEveryChange() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    client.resource(service("orders", "orders")).create();
    Service stranger = service("stranger", "other");
    stranger.getMetadata().setLabels(Map.of("application", "shop"));
    client.resource(stranger).create();

    try (var watches = new Fabric8Watches(vertx, client)) {
      var scope =
          WatchScope.ofClusters(Optional.empty(), Map.of("application", "spilo"), "cluster-name");
      watches
          .watch(Service.class, Service::new, scope, change -> heard.add(said(change)))
          .await(10, TimeUnit.SECONDS);
      assertThat(heard).as("the first list, without strangers").containsExactly("orders ClusterIP");
      heard.clear();

      client.resource(service("carts", "carts")).create();
      assertThat(next(heard)).isEqualTo("carts ClusterIP");
      client
          .services()
          .inNamespace("shop")
          .withName("orders")
          .edit(live -> new ServiceBuilder(live).editSpec().withType("NodePort").endSpec().build());
      assertThat(next(heard))
          .as("the whole object, though only metadata is kept")
          .isEqualTo("orders NodePort");
      client.services().inNamespace("shop").withName("orders").delete();
      assertThat(next(heard)).isEqualTo("orders is gone");
    }
  }

  @Test
  void deliversMalformedManifestsAmongGoodOnes() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    server.expectCustomResource(
        new CustomResourceDefinitionContext.Builder()
            .withGroup("acid.zalan.do")
            .withVersion("v1")
            .withKind("postgresql")
            .withPlural("postgresqls")
            .withScope("Namespaced")
            .build());
    create("good", "2");
    create("bad", "two");

    try (var watches = new Fabric8Watches(vertx, client)) {
      watches
          .watchManifests(WatchScope.all(Optional.of("shop")), change -> heard.add(judged(change)))
          .await(10, TimeUnit.SECONDS);
      assertThat(heard).containsExactlyInAnyOrder("good is valid", "bad: spec.numberOfInstances");
      heard.clear();

      create("later", "3");
      assertThat(next(heard)).isEqualTo("later is valid");
    }
  }

  @Test
  void watchesOneConfigurationUntilItIsEnded() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    BlockingQueue<String> others = new LinkedBlockingQueue<>();
    configMap("postgres-operator", "3");
    configMap("other", "7");

    try (var watches = new Fabric8Watches(vertx, client)) {
      var named = WatchScope.named(Optional.of("default"), "postgres-operator");
      var one =
          watches.subscribe(ConfigMap.class, ConfigMap::new, named, c -> heard.add(workers(c)));
      one.listed().await(10, TimeUnit.SECONDS);
      assertThat(heard).containsExactly("3");
      heard.clear();
      configMap("postgres-operator", "4");
      assertThat(next(heard)).isEqualTo("4");

      one.end();
      var all = WatchScope.all(Optional.of("default"));
      watches
          .watch(ConfigMap.class, ConfigMap::new, all, c -> others.add(workers(c)))
          .await(10, TimeUnit.SECONDS);
      others.clear();
      configMap("postgres-operator", "5");
      assertThat(next(others)).isEqualTo("5");
      assertThat(heard).as("delivered to the other watch only").isEmpty();
    }
  }

  private static String workers(Change<ConfigMap> change) {
    return change instanceof Change.Present<ConfigMap>(var map)
        ? String.valueOf(map.getData().get("workers"))
        : "gone";
  }

  private void configMap(String name, String workers) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .addToData("workers", workers)
                .build())
        .createOr(NonDeletingOperation::update);
  }

  private static String judged(Change<GenericKubernetesResource> change) {
    return switch (change) {
      case Change.Present<GenericKubernetesResource>(var raw) ->
          switch (Manifest.decode(raw)) {
            case Manifest.Valid(var cluster) -> cluster.name() + " is valid";
            case Manifest.Malformed malformed ->
                malformed.id().name() + ": " + malformed.problems().getFirst().field();
          };
      case Change.Gone<GenericKubernetesResource>(var last) ->
          last.getMetadata().getName() + " is gone";
    };
  }

  private void create(String name, String instances) {
    String yaml =
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata: {name: %s, namespace: shop}
        spec:
          teamId: shop
          numberOfInstances: %s
          volume: {size: 1Gi}
          postgresql: {version: "17"}
        """
            .formatted(name, instances);
    client
        .genericKubernetesResources(Fabric8Kube.POSTGRESQL)
        .inNamespace("shop")
        .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
        .create();
  }
}
