package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A stand-in for the Teams API: a pod that says what the test told it. */
final class TeamsServer {
  static final String TOKEN = "hush-hush-token";
  private static final int PORT = 8000;
  private static final String NAME = "teams";

  /** Answers what was put there, and nobody without the token; an empty answer is a failure. */
  private static final String PROGRAM =
      """
      import http.server
      said = {}
      class Teams(http.server.BaseHTTPRequestHandler):
          def do_PUT(self):
              said[self.path] = self.rfile.read(int(self.headers['Content-Length']))
              self.answer(200, b'')
          def do_GET(self):
              body = said.get(self.path)
              if self.path == '/ready':
                  self.answer(200, b'')
              elif self.headers['Authorization'] != 'Bearer %s':
                  self.answer(401, b'{"error": "who are you"}')
              elif body is None:
                  self.answer(404, b'{"error": "no such team"}')
              else:
                  self.answer(200 if body else 503, body)
          def answer(self, status, body):
              self.send_response(status)
              self.send_header('Content-Length', str(len(body)))
              self.end_headers()
              self.wfile.write(body)
      http.server.ThreadingHTTPServer(('', %d), Teams).serve_forever()
      """
          .formatted(TOKEN, PORT);

  private final Scene scene;
  private final Pod pod;

  private TeamsServer(Scene scene, Pod pod) {
    this.scene = scene;
    this.pod = pod;
  }

  /** Starts it in the scene's namespace and waits until it answers. */
  static TeamsServer start(Scene scene) {
    String image =
        scene
            .client()
            .configMaps()
            .inNamespace("default")
            .withName("postgres-operator")
            .get()
            .getData()
            .get("docker_image");
    scene
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(scene.namespace())
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName(NAME)
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withCommand("python3", "-c", PROGRAM)
                .withNewReadinessProbe()
                .withPeriodSeconds(1)
                .withNewHttpGet()
                .withPath("/ready")
                .withNewPort(PORT)
                .endHttpGet()
                .endReadinessProbe()
                .endContainer()
                .endSpec()
                .build())
        .create();
    Pod ready =
        scene
            .waiting()
            .forObject(
                "the stand-in for the Teams API is ready",
                Duration.ofMinutes(1),
                scene.object(Pod.class, NAME),
                now -> now != null && Readiness.getInstance().isReady(now));
    return new TeamsServer(scene, ready);
  }

  String url() {
    return "http://" + pod.getStatus().getPodIP() + ":" + PORT;
  }

  /** The team has these members from now on. */
  void put(String team, String... names) {
    say(
        team,
        Arrays.stream(names)
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(",", "{\"member\":[", "]}")));
  }

  /** Questions for this team fail from now on. */
  void fail(String team) {
    say(team, "");
  }

  private void say(String team, String answer) {
    InetSocketAddress address = scene.run().doors().to(pod, PORT);
    URI uri =
        URI.create(
            "http://" + address.getHostString() + ":" + address.getPort() + "/teams/" + team);
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status =
          client
              .send(
                  HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofString(answer)).build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status != 200) {
        throw new AssertionError("the stand-in for the Teams API answers " + status);
      }
    } catch (IOException failure) {
      throw new AssertionError("the stand-in for the Teams API does not answer", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stopped);
    }
  }

  /** What a manifest's condition says of it; empty when it says nothing. */
  static Optional<String> trouble(PostgresCluster cluster) {
    return Optional.ofNullable(cluster.status().conditions().get("Complete"))
        .filter(condition -> condition.reason().equals("TeamsUnknown"))
        .map(Status.Condition::message);
  }
}
