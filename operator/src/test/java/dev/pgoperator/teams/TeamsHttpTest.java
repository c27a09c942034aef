package dev.pgoperator.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.RoleSettings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real HTTP servers. */
class TeamsHttpTest {
  /** Of tests in which an answer comes, however busy the machine is. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private static final Duration SHORT = Duration.ofMillis(500);
  private final Vertx vertx = Vertx.vertx();

  /** Because Vert.x closes a client that nobody holds any more. */
  private final List<TeamsHttp> held = new ArrayList<>();

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private RoleSettings.TeamsApi server(Handler<HttpServerRequest> answer) throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  requests.add(request.uri() + " " + request.getHeader("Authorization"));
                  answer.handle(request);
                })
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    return settings("http://127.0.0.1:" + server.actualPort() + "/api");
  }

  private static RoleSettings.TeamsApi settings(String url) {
    return new RoleSettings.TeamsApi(true, url, new NamespacedName("", "token"));
  }

  private RoleSettings.TeamsApi saying(int status, String body) throws Exception {
    return server(request -> request.response().setStatusCode(status).end(body));
  }

  private Optional<Set<String>> members(RoleSettings.TeamsApi settings, String team)
      throws Exception {
    return members(settings, team, PATIENT);
  }

  private Optional<Set<String>> members(
      RoleSettings.TeamsApi settings, String team, Duration deadline) throws Exception {
    TokenSource tokens = asked -> Future.succeededFuture(new SecretText("hush"));
    TeamsHttp client = new TeamsHttp(vertx, tokens, deadline);
    held.add(client);
    return client.members(settings, team).await(60, TimeUnit.SECONDS);
  }

  private void assertFails(RoleSettings.TeamsApi settings, String why) {
    assertThatThrownBy(() -> members(settings, "acid"))
        .isInstanceOf(TeamsFailure.class)
        .hasMessage(why);
  }

  @Test
  void readsTheMembersAndNothingElse() throws Exception {
    var api = saying(200, "{\"id\":\"acid\",\"member\":[\"anna\",\"bert\"],\"mail\":[\"x\"]}");
    assertThat(members(api, "acid")).contains(Set.of("anna", "bert"));
    assertThat(requests).containsExactly("/api/teams/acid Bearer hush");
  }

  @Test
  void aServerWhoseCertificateNobodyVouchesForGetsNoToken() throws Exception {
    var certificate = SelfSignedCertificate.create("127.0.0.1");
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(certificate.keyCertOptions()))
            .requestHandler(request -> requests.add(request.uri()))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    assertThatThrownBy(
            () -> members(settings("https://127.0.0.1:" + server.actualPort() + "/api"), "acid"))
        .isInstanceOf(TeamsFailure.class)
        .hasMessageContaining("certificat")
        .message()
        .doesNotContain("hush");
    assertThat(requests).isEmpty();
  }

  @Test
  void aTeamMayHaveNoMembers() throws Exception {
    assertThat(members(saying(200, "{\"member\":[]}"), "acid")).contains(Set.of());
  }

  @Test
  void anUnknownTeamIsNoFailure() throws Exception {
    assertThat(members(saying(404, "{\"error\":\"no such team\"}"), "acid")).isEmpty();
  }

  @Test
  void theNameOfATeamStaysOneStepOfThePath() throws Exception {
    members(saying(404, ""), "../clusters?x=a b");
    assertThat(requests).containsExactly("/api/teams/..%2Fclusters%3Fx%3Da%20b Bearer hush");
    assertThat(members(saying(200, "{}"), "..")).isEmpty();
  }

  @Test
  void aRefusalIsToldWithTheServicesOwnWords() throws Exception {
    assertFails(
        saying(403, "{\"error\":\"token expired\"}"), "it answers with status 403: token expired");
    assertFails(saying(500, "<html>"), "it answers with status 500");
  }

  @Test
  void whatCannotBeReadIsAFailureAndNotAnEmptyTeam() throws Exception {
    assertFails(saying(200, "oops"), "its answer is not JSON");
    assertFails(saying(200, "{}"), "its answer has no list called member");
    assertFails(saying(200, "{\"member\":\"anna\"}"), "its answer has no list called member");
  }

  @Test
  void aRedirectIsNotFollowedBecauseTheTokenWouldGoWithIt() throws Exception {
    var elsewhere = saying(200, "{\"member\":[\"eve\"]}");
    var api =
        server(
            request ->
                request
                    .response()
                    .setStatusCode(302)
                    .putHeader("Location", elsewhere.url() + "/teams/acid")
                    .end());
    assertFails(api, "it answers with status 302");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aServerThatNeverAnswersFailsAtTheDeadline() throws Exception {
    assertThatThrownBy(() -> members(server(request -> {}), "acid", SHORT))
        .isInstanceOf(TeamsFailure.class)
        .hasMessageStartingWith("it cannot be reached");
  }

  @Test
  void aServerThatDripsForEverFailsAtTheDeadline() throws Exception {
    var api =
        server(
            request -> {
              var response = request.response().setChunked(true);
              vertx.setPeriodic(20, timer -> response.write(" "));
            });
    assertThatThrownBy(() -> members(api, "acid", SHORT)).isInstanceOf(TeamsFailure.class);
  }

  @Test
  void anAnswerWithoutEndIsCut() throws Exception {
    var api =
        server(
            request -> {
              var response = request.response().setChunked(true);
              for (int i = 0; i < 40; i++) {
                response.write("x".repeat(65_536));
              }
            });
    assertThatThrownBy(() -> members(api, "acid")).isInstanceOf(TeamsFailure.class);
  }

  @Test
  void nobodyThereIsAFailure() {
    assertFails(settings("http://127.0.0.1:1"), "it cannot be reached (AnnotatedConnectException)");
    assertFails(settings("no address"), "teams_api_url is not an address");
  }

  @Test
  void aTokenFileIsReadAnewForEachRequest(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("token");
    TokenFile tokens = new TokenFile(vertx, file.toString());
    assertThatThrownBy(() -> tokens.token(settings("x")).await(10, TimeUnit.SECONDS))
        .hasMessage(file + " cannot be read");
    Files.writeString(file, "one\n");
    assertThat(tokens.token(settings("x")).await(10, TimeUnit.SECONDS))
        .isEqualTo(new SecretText("one"));
    Files.writeString(file, "two");
    assertThat(tokens.token(settings("x")).await(10, TimeUnit.SECONDS))
        .isEqualTo(new SecretText("two"));
    Files.writeString(file, "");
    assertThatThrownBy(() -> tokens.token(settings("x")).await(10, TimeUnit.SECONDS))
        .hasMessage(file + " holds no token");
  }
}
