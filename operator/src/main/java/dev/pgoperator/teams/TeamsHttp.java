package dev.pgoperator.teams;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.RoleSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The Teams API over HTTP: {@code GET <url>/teams/<team>} with a bearer token (api.md §4.3). No
 * redirect is followed, so that the token goes to nobody else.
 */
public final class TeamsHttp implements TeamsApi {
  /** Characters of a team's answer at most; a thousand members take about 20 kB. */
  private static final int LIMIT = 1 << 20;

  private final HttpClient client;
  private final TokenSource tokens;
  private final Duration deadline;

  /**
   * @param deadline of a whole answer, from the connection on
   */
  public TeamsHttp(Vertx vertx, TokenSource tokens, Duration deadline) {
    this.tokens = tokens;
    this.deadline = deadline;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) deadline.toMillis()).setMaxRedirects(0),
            new PoolOptions().setHttp1MaxSize(8).setMaxWaitQueueSize(1000));
  }

  @Override
  public Future<Optional<Set<String>>> members(RoleSettings.TeamsApi settings, String team) {
    if (team.equals(".") || team.equals("..")) {
      return Future.succeededFuture(Optional.empty()); // a step in a path, not a team
    }
    String segment = URLEncoder.encode(team, StandardCharsets.UTF_8).replace("+", "%20");
    return tokens
        .token(settings)
        .compose(token -> ask(settings.url() + "/teams/" + segment, token))
        .recover(cause -> Future.failedFuture(TeamsFailure.of(cause)));
  }

  private Future<Optional<Set<String>>> ask(String url, SecretText token) {
    RequestOptions options;
    try {
      options = new RequestOptions().setAbsoluteURI(url).setMethod(HttpMethod.GET);
    } catch (RuntimeException malformed) {
      return Future.failedFuture(new TeamsFailure("teams_api_url is not an address"));
    }
    options
        .putHeader("Authorization", "Bearer " + token.reveal())
        .putHeader("Accept", "application/json")
        .setFollowRedirects(false)
        .setTimeout(deadline.toMillis());
    return client
        .request(options)
        .compose(
            request ->
                request
                    .send()
                    .compose(answer -> read(request, answer))
                    .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(cause -> request.reset()));
  }

  private static Future<Optional<Set<String>>> read(
      HttpClientRequest request, HttpClientResponse answer) {
    Buffer body = Buffer.buffer();
    answer.handler(
        chunk -> {
          if (body.length() + chunk.length() > LIMIT) {
            request.reset();
          } else {
            body.appendBuffer(chunk);
          }
        });
    return answer.end().map(all -> members(answer.statusCode(), body));
  }

  private static Optional<Set<String>> members(int status, Buffer body) {
    if (status == 404) {
      return Optional.empty();
    }
    if (status != 200) {
      throw new TeamsFailure("it answers with status " + status + error(body));
    }
    try {
      if (new JsonObject(body).getValue("member") instanceof JsonArray names) {
        Set<String> members = new HashSet<>();
        names.forEach(name -> members.add(String.valueOf(name)));
        return Optional.of(members);
      }
    } catch (DecodeException notJson) {
      throw new TeamsFailure("its answer is not JSON");
    }
    throw new TeamsFailure("its answer has no list called member");
  }

  /** The service's own words, where it has some. */
  private static String error(Buffer body) {
    try {
      String words = new JsonObject(body).getString("error", "");
      return words.isEmpty() ? "" : ": " + words.substring(0, Math.min(words.length(), 200));
    } catch (DecodeException | ClassCastException none) {
      return "";
    }
  }
}
