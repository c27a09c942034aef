package dev.pgoperator.patroni;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;

/**
 * {@link PatroniClient} over plain HTTP, on the Vert.x web client. Safe to share between threads
 * and verticles; futures complete on the caller's context.
 */
public final class PatroniHttp implements PatroniClient, AutoCloseable {
  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

  private final Vertx vertx;
  private final Exchange query;
  private final Exchange change;
  private final Exchange switchover;
  private final Exchange restart;
  private final Duration demotion;

  public PatroniHttp(Vertx vertx, PatroniTimeouts timeouts) {
    this.vertx = vertx;
    query = new Exchange(vertx, timeouts.connect(), timeouts.query());
    change = new Exchange(vertx, timeouts.connect(), timeouts.change());
    switchover = new Exchange(vertx, timeouts.connect(), timeouts.switchover());
    restart = new Exchange(vertx, timeouts.connect(), timeouts.restart());
    demotion = timeouts.demotion();
  }

  @Override
  public Future<MemberStatus> status(MemberAddress member) {
    return ask(member, "/patroni", MemberStatus::parse);
  }

  @Override
  public Future<ClusterState> cluster(MemberAddress member) {
    return ask(member, "/cluster", ClusterState::parse);
  }

  @Override
  public Future<Boolean> primary(MemberAddress member) {
    return probe(member, "/primary");
  }

  @Override
  public Future<Boolean> readiness(MemberAddress member) {
    return probe(member, "/readiness");
  }

  @Override
  public Future<Boolean> liveness(MemberAddress member) {
    return probe(member, "/liveness");
  }

  @Override
  public Future<DynamicConfig> config(MemberAddress member) {
    var call = new PatroniFailure.Call(member, "GET /config");
    return query
        .send(call, HttpMethod.GET, "/config")
        .map(
            answer ->
                // Patroni's way to say that there is none yet.
                answer.statusCode() == 502
                    ? DynamicConfig.of(new JsonObject())
                    : DynamicConfig.of(json(call, accepted(call, answer))));
  }

  @Override
  public Future<DynamicConfig> patchConfig(MemberAddress member, ConfigPatch patch) {
    var call = new PatroniFailure.Call(member, "PATCH /config");
    return change
        .send(call, HttpMethod.PATCH, "/config", patch.body())
        .map(answer -> DynamicConfig.of(json(call, accepted(call, answer))));
  }

  @Override
  public Future<SwitchoverResult> switchover(MemberAddress member, Switchover order) {
    var call = new PatroniFailure.Call(member, "POST /switchover");
    var body = new JsonObject().put("leader", order.leader()).put("candidate", order.candidate());
    return switch (order) {
      case Switchover.Now _ ->
          switchover
              .send(call, HttpMethod.POST, "/switchover", body)
              .map(answer -> new SwitchoverResult.Done(excerpt(accepted(call, answer))));
      case Switchover.Scheduled later ->
          change
              .send(
                  call,
                  HttpMethod.POST,
                  "/switchover",
                  body.put("scheduled_at", WITH_OFFSET.format(later.at())))
              .map(answer -> new SwitchoverResult.Scheduled(excerpt(accepted(call, answer))));
    };
  }

  @Override
  public Future<HandOver> handOver(
      MemberAddress member, MemberAddress candidate, Switchover.Now switchover) {
    return new WriteGap(vertx, this, member, candidate)
        .during(() -> switchover(member, switchover));
  }

  @Override
  public Future<Void> demoted(MemberAddress formerLeader) {
    return new Demotion(this, formerLeader, demotion).end(vertx);
  }

  @Override
  public Future<Void> cancelSwitchover(MemberAddress member) {
    var call = new PatroniFailure.Call(member, "DELETE /switchover");
    return change
        .send(call, HttpMethod.DELETE, "/switchover")
        .map(answer -> answer.statusCode() == 404 ? answer : accepted(call, answer))
        .mapEmpty();
  }

  @Override
  public Future<RestartResult> restart(MemberAddress member, Restart order) {
    var call = new PatroniFailure.Call(member, "POST /restart");
    return restart
        .send(call, HttpMethod.POST, "/restart", order.body())
        .map(
            answer -> {
              // Patroni answers 503 both when it could not restart and when there was no need to.
              if (answer.statusCode() == 503 && excerpt(answer).contains("not satisfied")) {
                return RestartResult.NOT_NEEDED;
              }
              accepted(call, answer);
              return RestartResult.RESTARTED;
            });
  }

  @Override
  public Future<Void> reload(MemberAddress member) {
    var call = new PatroniFailure.Call(member, "POST /reload");
    return change
        .send(call, HttpMethod.POST, "/reload", new JsonObject())
        .map(answer -> accepted(call, answer))
        .mapEmpty();
  }

  @Override
  public Future<Void> reinitialize(MemberAddress member, Reinitialize how) {
    var call = new PatroniFailure.Call(member, "POST /reinitialize");
    var body = new JsonObject();
    if (how == Reinitialize.AT_ONCE) {
      body.put("force", true);
    }
    return change
        .send(call, HttpMethod.POST, "/reinitialize", body)
        .map(answer -> accepted(call, answer))
        .mapEmpty();
  }

  /** Cuts all connections; calls under way fail. */
  @Override
  public void close() {
    query.close();
    change.close();
    switchover.close();
    restart.close();
  }

  private <T> Future<T> ask(MemberAddress member, String path, Function<LenientJson, T> read) {
    var call = new PatroniFailure.Call(member, "GET " + path);
    return query
        .send(call, HttpMethod.GET, path)
        .map(answer -> read.apply(new LenientJson(json(call, accepted(call, answer)))));
  }

  /** A probe says yes with 2xx and no with 503; anything else is no answer to the question. */
  private Future<Boolean> probe(MemberAddress member, String path) {
    var call = new PatroniFailure.Call(member, "GET " + path);
    return query
        .send(call, HttpMethod.GET, path)
        .map(answer -> answer.statusCode() != 503 && !accepted(call, answer).headers().isEmpty());
  }

  private static HttpResponse<Buffer> accepted(
      PatroniFailure.Call call, HttpResponse<Buffer> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new PatroniFailure.Refused(call, answer.statusCode(), excerpt(answer));
    }
    return answer;
  }

  private static JsonObject json(PatroniFailure.Call call, HttpResponse<Buffer> answer) {
    try {
      return new JsonObject(answer.body());
    } catch (DecodeException | ClassCastException notJson) {
      throw new PatroniFailure.NotUnderstood(call, shown(call, answer));
    }
  }

  /** A configuration may hold secrets, so not even a broken one is quoted. */
  private static String shown(PatroniFailure.Call call, HttpResponse<Buffer> answer) {
    return call.request().endsWith("/config")
        ? answer.body().length() + " bytes, not shown"
        : excerpt(answer);
  }

  private static String excerpt(HttpResponse<Buffer> answer) {
    return Excerpt.of(answer.bodyAsString());
  }
}
