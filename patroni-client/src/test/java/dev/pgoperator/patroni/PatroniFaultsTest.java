package dev.pgoperator.patroni;

import static dev.pgoperator.patroni.PatroniHttpTest.answer;
import static dev.pgoperator.patroni.PatroniHttpTest.failure;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client must survive: members that are broken, slow or no Patroni at all. */
class PatroniFaultsTest {
  private static final Duration SHORT = Duration.ofMillis(800);

  private Vertx vertx;
  private PatroniHttp patroni;
  private PatroniHttp hasty;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    patroni = new PatroniHttp(vertx, PatroniTimeouts.defaults());
    hasty = new PatroniHttp(vertx, new PatroniTimeouts(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT));
  }

  @AfterEach
  void stop() throws TimeoutException {
    patroni.close();
    hasty.close();
    vertx.close().await(10, SECONDS);
  }

  @Test
  void aMemberThatNeverAnswersTimesOutAndItsConnectionIsCut() throws TimeoutException {
    Promise<Void> cut = Promise.promise();
    var member = serving(socket -> socket.closeHandler(closed -> cut.complete()));

    var late = failure(PatroniFailure.TimedOut.class, hasty.status(member));

    assertThat(late.mayHaveArrived()).isTrue();
    assertThat(late).hasMessage("GET /patroni at " + member + ": no complete answer within 800 ms");
    cut.future().await(10, SECONDS);
  }

  @Test
  void aMemberThatTricklesForEverTimesOutAndItsConnectionIsCut() throws TimeoutException {
    Promise<Void> cut = Promise.promise();
    var member =
        serving(
            // Not before there is a question: a client takes an answer to none for a broken line.
            socket ->
                socket.handler(
                    request -> {
                      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                      long drops = vertx.setPeriodic(20, fired -> socket.write("{"));
                      socket.closeHandler(
                          closed -> {
                            vertx.cancelTimer(drops);
                            cut.complete();
                          });
                    }));

    failure(PatroniFailure.TimedOut.class, hasty.cluster(member));

    cut.future().await(10, SECONDS);
  }

  @Test
  void aMemberThatWasSilentIsReachedAgainWhenItRecovers() {
    var silent = new AtomicBoolean(true);
    var member =
        serving(
            socket ->
                socket.handler(
                    request -> {
                      if (!silent.get()) {
                        socket.write(ok("{\"state\": \"running\"}"));
                      }
                    }));
    var unanswered = Stream.generate(() -> hasty.status(member)).limit(30).toList();
    unanswered.forEach(call -> failure(PatroniFailure.class, call));

    silent.set(false);

    assertThat(answer(hasty.status(member)).state()).isEqualTo(MemberState.Known.RUNNING);
  }

  @Test
  void anOrderOverALostConnectionIsNotSentAgain() {
    var requests = new AtomicInteger();
    var member =
        serving(
            socket ->
                socket.handler(
                    request -> {
                      requests.incrementAndGet();
                      socket.close();
                    }));

    var lost =
        failure(
            PatroniFailure.ConnectionLost.class,
            patroni.switchover(member, Switchover.now("demo-0", "demo-1")));

    assertThat(lost.mayHaveArrived()).isTrue();
    assertThat(requests).hasValue(1);
  }

  @Test
  void anAnswerCutShortIsALostConnection() {
    var member =
        answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"state\": \"running\"", true);

    failure(PatroniFailure.ConnectionLost.class, patroni.status(member));
  }

  @Test
  void anAnswerOfMoreThanAMegabyteIsNotRead() {
    Buffer megabyte = Buffer.buffer(" ".repeat(1 << 20));
    var member =
        serving(
            socket ->
                socket.handler(
                    request -> {
                      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 500000000\r\n\r\n");
                      socket.write(megabyte);
                      socket.write(megabyte);
                    }));

    var tooLong = failure(PatroniFailure.AnswerTooLong.class, patroni.status(member));

    assertThat(tooLong).hasMessageContaining("1048576 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "[1, 2]", "{\"state\": ", "null", "\"text\"", "\0\1\2"})
  void anAnswerThatIsNoJsonObjectIsNotUnderstood(String body) {
    var member = answering(ok(body), false);

    failure(PatroniFailure.NotUnderstood.class, patroni.status(member));
  }

  @Test
  void aBrokenAnswerIsQuotedShortAndInOneLine() {
    var member = answering(ok("no\r\n\tjson" + "!".repeat(5000)), false);

    var odd = failure(PatroniFailure.NotUnderstood.class, patroni.status(member));

    assertThat(odd.getMessage()).contains("no json!!!").doesNotContain("\n").hasSizeLessThan(320);
  }

  @Test
  void aBrokenConfigurationIsNotQuoted() {
    var member = answering(ok("{\"standby_cluster\": {\"password\": \"s3cret\""), false);

    var odd = failure(PatroniFailure.NotUnderstood.class, patroni.config(member));

    assertThat(odd).hasMessageContaining("bytes, not shown").hasMessageNotContaining("s3cret");
  }

  @Test
  void aRedirectIsNotFollowed() {
    var member =
        answering(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            false);

    var refused = failure(PatroniFailure.Refused.class, patroni.status(member));
    assertThat(refused.status()).isEqualTo(302);
  }

  @Test
  void somethingThatIsNotHttpIsALostConnection() {
    failure(
        PatroniFailure.ConnectionLost.class,
        patroni.status(answering("-ERR unknown command\r\n\r\n", true)));
  }

  @Test
  void aProbeTakesOnly503ForNo() {
    var member = answering("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", false);

    var refused = failure(PatroniFailure.Refused.class, patroni.primary(member));
    assertThat(refused.status()).isEqualTo(500);
  }

  @Test
  void nobodyListeningIsUnreachable() {
    failure(
        PatroniFailure.MemberUnreachable.class, patroni.status(new MemberAddress("127.0.0.1", 1)));
  }

  @Test
  void anUnknownNameIsUnreachable() {
    failure(
        PatroniFailure.MemberUnreachable.class,
        patroni.status(MemberAddress.of("no-such-member.invalid")));
  }

  @Test
  void everyStatusFrom200To299IsSuccess() {
    var member = answering("HTTP/1.1 299 Odd\r\nContent-Length: 2\r\n\r\n{}", false);

    assertThat(answer(patroni.primary(member))).isTrue();
    assertThat(answer(patroni.status(member)).state()).isEqualTo(new MemberState.Unknown(""));
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + Buffer.buffer(body).length() + "\r\n\r\n" + body;
  }

  /** A server that answers every request with these bytes. */
  private MemberAddress answering(String bytes, boolean thenClose) {
    return serving(
        socket ->
            socket.handler(
                request -> {
                  var written = socket.write(bytes);
                  if (thenClose) {
                    written.onComplete(done -> socket.close());
                  }
                }));
  }

  private MemberAddress serving(Handler<NetSocket> handler) {
    NetServer server =
        answer(vertx.createNetServer().connectHandler(handler).listen(0, "127.0.0.1"));
    return new MemberAddress("127.0.0.1", server.actualPort());
  }
}
